//! Where a verdict is not what is seen, and why it stands all the same. A waiver that nothing needs is an error.

use codegen::diff::Promise;

/// One waiver.
pub(crate) struct Waiver {
    /// The change, as its pair is called.
    pub(crate) change: &'static str,
    pub(crate) promise: Promise,
    /// Why the verdict stands.
    pub(crate) reason: &'static str,
}

const fn wire(change: &'static str, reason: &'static str) -> Waiver {
    Waiver {
        change,
        promise: Promise::Wire,
        reason,
    }
}

const fn runtime(change: &'static str, reason: &'static str) -> Waiver {
    Waiver {
        change,
        promise: Promise::Runtime,
        reason,
    }
}

const REFUSED_EARLY: &str = "The client refuses before it is sent what the server would refuse, which the verdict on the wire \
                             says already; it says nothing of what either sends otherwise.";

const MOVED: &str = "A server that passes over the old name loses what was said under it. Where a member merely goes, nothing \
                     is known of that; here the revision says that it still listens, elsewhere.";

const TEXT: &str = "In a query or a form, a number is a text as any other, so the old request passes. Schemas are compared \
                    without regard to where they travel, and by themselves a number is no text.";

const POLICY: &str = "Nothing fails today. The verdict looks ahead: a client that checks refuses the next member that comes.";

/// All of them.
pub(crate) const WAIVERS: &[Waiver] = &[
    runtime("more_items_of_a_json_body_needed", REFUSED_EARLY),
    runtime("<- more_items_of_a_json_body_needed", REFUSED_EARLY),
    wire("query_parameter_renamed", MOVED),
    wire("<- query_parameter_renamed", MOVED),
    wire("parameter_moved_to_a_header", MOVED),
    wire("<- parameter_moved_to_a_header", MOVED),
    wire("<- query_parameter_of_another_type", TEXT),
    wire("query_parameter_may_be_any_text", TEXT),
    wire("form_field_of_another_type", TEXT),
    wire("reply_closed", POLICY),
    wire(
        "list_of_values_of_a_reply_dropped",
        "A list that gains a value still is a list, and a client keeps what it lacks. A list that goes leaves a value of \
         which nothing is known any more.",
    ),
    wire(
        "open_input_said_nothing_more",
        "By the standard, a schema that says nothing of undeclared members takes them as one does that says so.",
    ),
    wire(
        "<- open_request_closed",
        "That undeclared members can come is a permission, and none of them is declared: it depends on whether one comes.",
    ),
];
