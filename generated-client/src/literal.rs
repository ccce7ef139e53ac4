//! The macros for SIDs and bounded numbers that stand in a program as literals: they are checked when the program is
//! compiled.

/// A SID written in the program, checked when the program is compiled.
///
/// The first argument is the kind of SID, by its type's name. The check is a constant of its own, so a wrong
/// literal never compiles, wherever it stands: in dead code and in a generic function that nobody calls too.
///
/// ```
/// use generated_client::{InstalledAddOnSid, sid};
///
/// const ADD_ON: InstalledAddOnSid = sid!(InstalledAddOnSid, "XE0123456789abcdef0123456789abcdef");
/// assert_eq!(ADD_ON.as_str(), "XE0123456789abcdef0123456789abcdef");
/// ```
///
/// Another kind's letters do not compile, nor does a digit too few. The error of the compiler is the sentence of the
/// [`SidError`](crate::SidError): "this is an available add-on SID, expected an installed add-on SID, …".
///
/// ```compile_fail,E0080
/// use generated_client::sid;
///
/// let listing = sid!(InstalledAddOnSid, "XB0123456789abcdef0123456789abcdef");
/// ```
#[macro_export]
macro_rules! sid {
    ($kind:ident, $text:expr $(,)?) => {{
        // An item of a name that no caller's constant has; not an inline `const` block: the compiler may skip the latter in code that it never builds.
        const CHECKED_LITERAL: $crate::sids::$kind = match $crate::sids::$kind::parse($text) {
            ::core::result::Result::Ok(sid) => sid,
            ::core::result::Result::Err(error) => ::core::panic!("{}", error.message().text()),
        };
        CHECKED_LITERAL
    }};
}

/// A number with bounds written in the program, checked when the program is compiled.
///
/// The first argument is its type's name. As with [`sid!`](crate::sid), a wrong literal never compiles.
///
/// ```
/// use generated_client::{PageSize, bounded};
///
/// const PAGE: PageSize = bounded!(PageSize, 50);
/// assert_eq!(PAGE.get(), 50);
/// ```
///
/// ```compile_fail,E0080
/// use generated_client::bounded;
///
/// let page = bounded!(PageSize, 1001);
/// ```
#[macro_export]
macro_rules! bounded {
    ($kind:ident, $value:expr $(,)?) => {{
        const CHECKED_LITERAL: $crate::bounded::$kind = match $crate::bounded::$kind::new($value) {
            ::core::result::Result::Ok(number) => number,
            ::core::result::Result::Err(error) => ::core::panic!("{}", error.rule()),
        };
        CHECKED_LITERAL
    }};
}
