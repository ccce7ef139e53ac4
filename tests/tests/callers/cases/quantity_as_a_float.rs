//! Money as a binary fraction.

use generated_client::types::BillableItem;
use generated_client::{Decimal, Quantity, QuantityError};

pub fn item() -> Result<BillableItem, QuantityError> {
    let _quantity = Quantity::new(Decimal::new(110, 2))?;
    Ok(BillableItem::new("BI0", 1.10)) //~ E0308
    Ok(BillableItem::new("BI0", _quantity)) //~ right
}
