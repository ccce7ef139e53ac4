//! The prefixes that Twilio gives to kinds of resources, as far as its glossary of SIDs
//! (<https://www.twilio.com/docs/glossary/what-is-a-sid>) and the documentation of the Marketplace name them. A prefix
//! that is missing here is added with the document that needs it.

/// Prefix and resource, in the order of the prefixes. The resource is what comes before `Sid` in the component's name;
/// a second name is one that Twilio's own paths use for the same thing.
const KNOWN: &[(&str, &[&str])] = &[
    ("AC", &["Account"]),
    ("AD", &["Address"]),
    ("AI", &["AlphaSender"]),
    ("AL", &["AccessList"]),
    ("AP", &["Application"]),
    ("BN", &["Brand"]),
    ("BU", &["Bundle"]),
    ("CA", &["Call"]),
    ("CF", &["Conference"]),
    ("CH", &["Conversation", "Channel"]),
    ("CL", &["CredentialList"]),
    ("CN", &["Connection"]),
    ("CP", &["ConferenceParticipant"]),
    ("CR", &["Credential"]),
    ("DG", &["Sink"]),
    ("DN", &["Domain"]),
    ("ES", &["SyncList"]),
    ("FW", &["Flow"]),
    ("GT", &["Transcript"]),
    ("HH", &["TollfreeVerification"]),
    ("HX", &["Content"]),
    ("IM", &["ChatMessage"]),
    ("IP", &["IpAddress"]),
    ("IS", &["ChatService"]),
    ("IT", &["EndUser"]),
    ("KC", &["Session"]),
    ("KP", &["SessionParticipant"]),
    ("KS", &["ProxyService"]),
    ("MB", &["ChatMember"]),
    ("ME", &["Media"]),
    ("MG", &["MessagingService"]),
    ("MM", &["Message"]),
    ("NO", &["Notification"]),
    ("PN", &["PhoneNumber", "IncomingPhoneNumber"]),
    ("QU", &["Queue"]),
    ("RD", &["SupportingDocument"]),
    ("RE", &["Recording"]),
    ("RL", &["Role"]),
    ("RM", &["Room"]),
    ("SC", &["ShortCode"]),
    ("SD", &["SipDomain"]),
    ("SK", &["ApiKey"]),
    ("SM", &["Message"]),
    ("TR", &["Transcription"]),
    ("US", &["User"]),
    ("VA", &["VerifyService"]),
    ("VE", &["Verification"]),
    ("WA", &["Activity"]),
    ("XB", &["AvailableAddOn", "Listing"]),
    ("XE", &["InstalledAddOn", "AssignedAddOn"]),
    ("XF", &["Extension", "AddOnExtension"]),
    ("XH", &["Payload", "AddOnResultPayload"]),
    ("XR", &["AddOnResult"]),
];

/// What the prefix stands for; empty when nobody knows it.
pub(super) fn resources(prefix: &str) -> &'static [&'static str] {
    let found = KNOWN.binary_search_by(|(known, _)| (*known).cmp(prefix));
    found
        .ok()
        .and_then(|at| KNOWN.get(at))
        .map_or(&[][..], |(_, resources)| resources)
}

/// Whether the resource is known to have SIDs of other prefixes than this one.
pub(super) fn is_another(resource: &str, prefix: &str) -> bool {
    let mut known = KNOWN
        .iter()
        .filter(|(_, resources)| resources.contains(&resource))
        .peekable();
    known.peek().is_some() && known.all(|(known, _)| *known != prefix)
}

#[cfg(test)]
mod tests {
    use super::{KNOWN, is_another, resources};

    #[test]
    fn the_prefixes_are_two_letters_in_order() {
        assert!(KNOWN.is_sorted_by(|one, two| one.0 < two.0));
        for (prefix, _) in KNOWN {
            assert!(prefix.len() == 2 && prefix.bytes().all(|byte| byte.is_ascii_uppercase()));
        }
    }

    #[test]
    fn a_prefix_is_found_both_ways() {
        assert_eq!(resources("XE"), ["InstalledAddOn", "AssignedAddOn"]);
        assert_eq!(resources("XX"), [] as [&str; 0]);
        assert!(is_another("Listing", "XE") && !is_another("Listing", "XB"));
        assert!(
            !is_another("Message", "MM")
                && !is_another("Message", "SM")
                && is_another("Message", "XB")
        );
        assert!(!is_another("Thing", "XB"));
    }
}
