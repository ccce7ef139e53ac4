#[cfg(test)]
mod tests {
    use generated_client::serde_json::{from_value, json};
    use generated_client::types::BillableItem;
    use generated_client::{Error, ErrorKind, sid, test_util};

    #[test]
    fn a_bill_whose_outcome_is_unknown_is_not_sent_again() -> Result<(), Error> {
        let add_on = sid!(InstalledAddOnSid, "XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee");
        let usage = test_util::client()?.installed_add_on(add_on).usage();
        let bill = usage.report([BillableItem::new("BI1", "1.25".parse()?)]);

        let error = test_util::error(ErrorKind::Timeout).call(&bill).build();
        assert!(error.is_outcome_unknown() && !error.is_retryable());

        let report = from_value(json!({"billable_items": []})).unwrap();
        let receipt = test_util::acceptance(generated_client::Acceptance::Accepted(report)).receipt(&bill);
        assert!(!receipt.all_submitted());
        Ok(())
    }
}
