//! Two calls as four clients make them: fetching one extension of an installed add-on, and walking 1,000 installed
//! add-ons in pages of 50. All four send the same headers, keep to the same timeouts, check the status, and decode
//! every field.

pub mod bare;
pub mod by_hand;
pub mod ours;
pub mod server;
pub mod stock;

/// Who calls. The server answers nobody else.
pub const ACCOUNT_SID: &str = "AC0123456789abcdef0123456789abcdef";
/// The token of that account.
pub const AUTH_TOKEN: &str = "fedcba9876543210fedcba9876543210";
/// The header that both make.
pub const AUTHORIZATION: &str = "Basic QUMwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjpmZWRjYmE5ODc2NTQzMjEwZmVkY2JhOTg3NjU0MzIxMA==";
/// The installation whose extension is fetched.
pub const INSTALLED_ADD_ON_SID: &str = "XE0123456789abcdef0123456789abcdef";
/// The extension that is fetched.
pub const EXTENSION_SID: &str = "XF0123456789abcdef0123456789abcdef";
/// How many items a page has.
pub const PAGE_SIZE: u16 = 50;
/// How many pages a walk has.
pub const PAGES: usize = 20;

/// A client that can make the two calls. Each call gives the summed length of the texts it read, so that all clients
/// can be seen to have read the same.
pub trait Caller {
    /// Fetches the extension.
    fn fetch(&self) -> impl Future<Output = usize>;
    /// Walks all installed add-ons.
    fn walk(&self) -> impl Future<Output = usize>;
}

/// The runtime that a client runs on: all of its work is done by the calling thread.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be made")
}
