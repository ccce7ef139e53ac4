//! The machinery that every generated call goes through: a call is prepared as plain data, executed
//! in one place, and its reply decoded by one small function. Nothing here knows a particular
//! operation, and nothing generated talks HTTP by itself.
//!
//! ```text
//! Operation + arguments ─ prepared ─► Prepared ─ exec ─► Reply ─ decode ─► Response<T>
//!                          (form)         ▲       hosts, credentials, limits, retry, span
//!                                         └── page: the next link, as a Prepared of the same operation
//! ```
//!
//! What every call goes through is compiled here, once and without type parameters. What only some calls need, here and
//! in the rest of the crate, is `#[inline]` or generic, which leaves compiling it to the crates that do need it: a
//! caller's build pays for what the caller uses.

pub(crate) mod bounds;
pub(crate) mod call;
pub(crate) mod decode;
pub(crate) mod early;
mod encode;
pub(crate) mod exec;
pub(crate) mod form;
mod hidden;
mod limits;
pub(crate) mod operation;
pub(crate) mod page;
pub(crate) mod prepared;
mod refusal;
pub(crate) mod reply;
pub(crate) mod retry;
mod sendable;
pub(crate) mod sid;
mod span;
pub(crate) mod stream;
pub(crate) mod value;

#[cfg(test)]
pub(crate) mod cases;
#[cfg(test)]
pub(crate) mod loopback;

pub(crate) use call::{CallOptions, Decode, receive, send};
pub(crate) use decode::Located;
pub(crate) use form::{Form, FormBody};
pub(crate) use hidden::{Hidden, partial_debug, show};
pub(crate) use limits::{ERROR_BYTES, Limits};
pub(crate) use operation::{Operation, OperationRef, Repeat};
pub(crate) use page::{Envelope, PageLinks};
pub(crate) use prepared::Prepared;
pub(crate) use reply::Reply;
pub(crate) use retry::Sent;
pub(crate) use sendable::sendable;
pub(crate) use sid::{Digits, SidKind, SidText, check_sid, deserialize_sid, sid_str};
pub(crate) use stream::{items, pages};
pub(crate) use value::{
    Failed, Need, ReadValue, Rule, SkippedList, Slot, Source, Table, Text, Undecodable, View,
    WriteValue, Written, object, open_enum, read, serialized, sid_value, value,
};
