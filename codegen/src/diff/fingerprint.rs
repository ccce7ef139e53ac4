//! A short name for a change that stays the same on every machine and from one version of this crate to the next.

use super::digest::digest_of;

/// Sixteen hexadecimal digits for a list of texts.
pub(super) fn fingerprint(parts: &[&str]) -> String {
    format!("{:016x}", digest_of(parts))
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[test]
    fn a_fingerprint_never_changes() {
        assert_eq!(fingerprint(&[]), "cbf29ce484222325");
        assert_eq!(
            fingerprint(&["OPERATION_REMOVED", "GET /a"]),
            "00e13597b7cb540f"
        );
    }

    #[test]
    fn texts_do_not_run_into_each_other() {
        assert_ne!(fingerprint(&["ab", "c"]), fingerprint(&["a", "bc"]));
        assert_ne!(fingerprint(&["", ""]), fingerprint(&[""]));
    }
}
