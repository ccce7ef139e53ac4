//! How the reply of a call is read, decided by the statuses that the document declares.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use crate::lower::OperationFacts;
use crate::names;
use crate::reshape::OperationReading;

/// The runtime's decoder and what it reads, as the runtime's `sendable!` takes them.
pub(super) fn answer(reading: &OperationReading, operation: &OperationFacts) -> TokenStream {
    let success = &reading.success;
    let has = |status: u16| {
        operation
            .successes
            .iter()
            .any(|success| success.status == status)
    };
    if let Some(envelope) = &operation.envelope {
        let item = names::ident(&names::type_name(&envelope.item));
        return quote!(page #success => types::#item);
    }
    if matches!(success, Type::Tuple(tuple) if tuple.elems.is_empty()) {
        return quote!(empty);
    }
    if has(304) {
        quote!(update #success)
    } else if has(202) {
        quote!(acceptance #success)
    } else if has(307) {
        quote!(location #success)
    } else {
        quote!(json #success)
    }
}
