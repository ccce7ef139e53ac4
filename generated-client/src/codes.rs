//! Twilio's error codes that these calls can answer with, by name. Compare them with
//! [`Error::code`](crate::Error::code), or ask one of the error's predicates, which know more than one
//! code and status each.
//!
//! ```
//! use generated_client::codes;
//!
//! assert_eq!(codes::TOO_MANY_REQUESTS, 20429);
//! assert!(codes::meaning(codes::ADD_ON_TIMED_OUT).is_some());
//! assert_eq!(codes::meaning(1), None);
//! ```

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $meaning:literal;)+) => {
        $($(#[doc = $doc])+ pub const $name: u32 = $code;)+

        /// What a code means, in a few words, if it is one of those named here.
        pub const fn meaning(code: u32) -> Option<&'static str> {
            match code {
                $($code => Some($meaning),)+
                _ => None,
            }
        }

        #[cfg(test)]
        const ALL: &[u32] = &[$($code),+];
    };
}

codes! {
    /// 13804: add-ons do not work in the region that was called.
    ADD_ONS_NOT_IN_REGION = 13804, "add-ons are not supported in this region";
    /// 20001: a parameter is unknown or has a wrong value.
    INVALID_PARAMETER = 20001, "invalid parameter";
    /// 20003: the credentials were not accepted.
    UNAUTHENTICATED = 20003, "the credentials were not accepted";
    /// 20004: the resource does not know the HTTP method.
    METHOD_NOT_ALLOWED = 20004, "method not allowed";
    /// 20005: the account is suspended, closed or not active yet.
    ACCOUNT_NOT_ACTIVE = 20005, "the account is not active";
    /// 20006: the account may not see the resource.
    ACCESS_DENIED = 20006, "access denied";
    /// 20008: the call was made with test credentials, which do not work for the Marketplace.
    TEST_CREDENTIALS = 20008, "not available with test credentials";
    /// 20403: the credentials are good but do not allow this.
    FORBIDDEN = 20403, "forbidden";
    /// 20404: there is no such resource, or it is not visible to this account.
    NOT_FOUND = 20404, "not found";
    /// 20409: the request conflicts with the resource's state.
    CONFLICT = 20409, "conflict with the state of the resource";
    /// 20422: the request was understood but cannot be carried out.
    UNPROCESSABLE = 20422, "the request cannot be processed";
    /// 20429: too many requests. With status 429 the request was not processed and may be sent again.
    TOO_MANY_REQUESTS = 20429, "too many requests";
    /// 20500: an error inside Twilio.
    INTERNAL_SERVER_ERROR = 20500, "internal server error";
    /// 20503: Twilio cannot serve the request at the moment.
    SERVICE_UNAVAILABLE = 20503, "service unavailable";
    /// 21481: the page token is not valid, or belongs to another list.
    INVALID_PAGE_TOKEN = 21481, "invalid page token";
    /// 61000: an error inside the add-on platform.
    ADD_ON_INTERNAL_ERROR = 61000, "internal error of the add-on";
    /// 61001: the add-on did not answer in time.
    ADD_ON_TIMED_OUT = 61001, "the add-on timed out";
    /// 61002: the add-on's provider could not complete the request.
    ADD_ON_NOT_COMPLETED = 61002, "the add-on's provider could not complete the request";
    /// 61003: what the add-on asks for is not met.
    ADD_ON_REQUIREMENTS_NOT_MET = 61003, "the add-on's requirements are not met";
    /// 61004, a warning: the add-on had no results.
    ADD_ON_NO_RESULTS = 61004, "the add-on had no results";
    /// 61005: the add-on refused the request as malformed.
    ADD_ON_BAD_REQUEST = 61005, "bad request to the add-on";
    /// 61006, a warning: the add-on does not support callbacks by GET.
    ADD_ON_GET_CALLBACK_UNSUPPORTED = 61006, "the add-on does not support GET callbacks";
    /// 61007: the add-on's response is larger than Twilio takes.
    ADD_ON_RESPONSE_TOO_LARGE = 61007, "the add-on's response is too large";
    /// 61008: the add-on redirected too often.
    ADD_ON_TOO_MANY_REDIRECTS = 61008, "the add-on redirected too often";
    /// 61009: the request does not carry enough data for the add-on.
    ADD_ON_NOT_ENOUGH_DATA = 61009, "not enough data for the add-on";
    /// 70002: a page above the first was asked for without its page token.
    PAGE_WITHOUT_TOKEN = 70002, "a page above the first needs a page token";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_meaning_and_stands_once() {
        let mut sorted = ALL.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), ALL.len());
        assert!(ALL.iter().all(|code| meaning(*code).is_some()));
    }
}
