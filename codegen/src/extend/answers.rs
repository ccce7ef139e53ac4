//! What a call gives when it is awaited, decided by the statuses that the document declares.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use crate::lower::OperationFacts;
use crate::names;
use crate::reshape::OperationReading;

/// What a call gives, the future that gives it, and the runtime's functions that make it of a reply.
pub(super) struct Answer {
    pub(super) output: TokenStream,
    pub(super) future: TokenStream,
    pub(super) send: TokenStream,
    pub(super) decoder: TokenStream,
}

impl Answer {
    fn response(value: TokenStream, decoder: TokenStream) -> Self {
        Self {
            output: quote!(Response<#value>),
            future: quote!(CallFuture<#value>),
            send: quote!(send),
            decoder,
        }
    }
}

pub(super) fn answer(reading: &OperationReading, operation: &OperationFacts) -> Answer {
    let success = &reading.success;
    let has = |status: u16| {
        operation
            .successes
            .iter()
            .any(|success| success.status == status)
    };
    if let Some(envelope) = &operation.envelope {
        let item = names::ident(&names::type_name(&envelope.item));
        return Answer::response(quote!(Page<types::#item>), quote!(decode::page::<#success>));
    }
    if matches!(success, Type::Tuple(tuple) if tuple.elems.is_empty()) {
        return Answer::response(quote!(()), quote!(decode::empty));
    }
    if has(304) {
        Answer::response(quote!(Update<#success>), quote!(decode::update::<#success>))
    } else if has(202) {
        Answer {
            output: quote!(Receipt<#success>),
            future: quote!(ReceiptFuture<#success>),
            send: quote!(receive),
            decoder: quote!(decode::acceptance::<#success>),
        }
    } else if has(307) {
        Answer::response(quote!(#success), quote!(decode::location::<#success>))
    } else {
        Answer::response(quote!(#success), quote!(decode::json::<#success>))
    }
}
