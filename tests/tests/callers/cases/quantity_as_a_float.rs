//! Money as a binary fraction.

use generated_client::types::BillableItem;
use generated_client::{Quantity, QuantityError};

pub fn item() -> Result<BillableItem, QuantityError> {
    let _quantity = "1.10".parse::<Quantity>()?;
    Ok(BillableItem::new("BI0", 1.10)) //~ E0308
    Ok(BillableItem::new("BI0", _quantity)) //~ right
}
