//! Twilio's error codes that matter here, by name. Compare them with [`Error::code`](crate::Error::code),
//! or ask one of the error's predicates, which know more than one code and status each.
//!
//! The meanings are those of Twilio's error dictionary, <https://www.twilio.com/docs/api/errors>. Codes of add-ons
//! (61000 to 61009, 13804) are about add-ons that Twilio invokes for a call, a message or a recording: they are
//! documented for the `AddOns` parameter of webhooks and for the debugger, and were not seen in the response to a
//! call of this crate.
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
    /// 13804: a voice call used add-ons in a region that has none, or an add-on that is not installed or
    /// not configured.
    ADD_ONS_NOT_IN_REGION = 13804, "add-ons are not supported in this region, or the add-on is not installed or not configured";
    /// 20001: a parameter has a wrong value. It was also seen for a page above the first without its token.
    INVALID_PARAMETER = 20001, "invalid parameter";
    /// 20003: the credentials were not accepted.
    UNAUTHENTICATED = 20003, "the credentials were not accepted";
    /// 20004: the resource does not know the HTTP method.
    METHOD_NOT_ALLOWED = 20004, "method not allowed";
    /// 20005: the account is not active.
    ACCOUNT_NOT_ACTIVE = 20005, "the account is not active";
    /// 20006: the account may not access the resource.
    ACCESS_DENIED = 20006, "access denied";
    /// 20007: the page size is above 1000.
    PAGE_SIZE_TOO_LARGE = 20007, "the page size is too large";
    /// 20008: the call was made with test credentials, which do not work for the Marketplace.
    TEST_CREDENTIALS = 20008, "not available with test credentials";
    /// 20403: the credentials are valid but do not allow this.
    FORBIDDEN = 20403, "forbidden";
    /// 20404: there is no such resource.
    NOT_FOUND = 20404, "not found";
    /// 20409: the request conflicts with the state of the resource.
    CONFLICT = 20409, "conflict with the state of the resource";
    /// 20422: the request was understood but cannot be carried out.
    UNPROCESSABLE = 20422, "the request cannot be processed";
    /// 20429: too many requests. With status 429 the request was not processed and can be sent again; the
    /// code with another status does not prove that.
    TOO_MANY_REQUESTS = 20429, "too many requests";
    /// 20500: an error inside Twilio.
    INTERNAL_SERVER_ERROR = 20500, "internal server error";
    /// 20503: Twilio cannot serve the request at the moment.
    SERVICE_UNAVAILABLE = 20503, "service unavailable";
    /// 21481: the page token is not valid.
    INVALID_PAGE_TOKEN = 21481, "invalid page token";
    /// 61000: an error inside Twilio's add-on platform, for which there is no other code.
    ADD_ON_INTERNAL_ERROR = 61000, "internal error of the add-on platform";
    /// 61001: the add-on did not respond in time.
    ADD_ON_TIMED_OUT = 61001, "the add-on timed out";
    /// 61002: the add-on's provider failed: its server responded with a status from 500 to 599.
    ADD_ON_NOT_COMPLETED = 61002, "the add-on's provider could not complete the request";
    /// 61003: a parameter that the add-on needs was missing when it was invoked, or the add-on does not
    /// support the value, such as a number of another country.
    ADD_ON_REQUIREMENTS_NOT_MET = 61003, "a parameter that the add-on needs is missing or not supported";
    /// 61004, a warning: the add-on had no results.
    ADD_ON_NO_RESULTS = 61004, "the add-on had no results";
    /// 61005: the add-on's provider refused the request: its server responded with a status from 400 to 499.
    ADD_ON_BAD_REQUEST = 61005, "the add-on's provider refused the request";
    /// 61006, a warning: the customer's webhook is configured for GET, and Twilio sends the results of
    /// add-ons with POST only.
    ADD_ON_GET_CALLBACK_UNSUPPORTED = 61006, "the webhook is configured for GET, which gets no results of add-ons";
    /// 61007: the add-on's response is larger than 64 KB.
    ADD_ON_RESPONSE_TOO_LARGE = 61007, "the add-on's response is too large";
    /// 61008: the add-on redirected more than 5 times.
    ADD_ON_TOO_MANY_REDIRECTS = 61008, "the add-on redirected too often";
    /// 61009: the request to the add-on cannot be filled in from the data at hand.
    ADD_ON_NOT_ENOUGH_DATA = 61009, "not enough data for the add-on";
    /// 70002: a page above the first was requested without its page token.
    PAGE_WITHOUT_TOKEN = 70002, "a page above the first needs a page token";
    /// 70051: a restricted API key lacks the permission for this.
    RESTRICTED_KEY = 70051, "the restricted API key lacks the permission";
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
