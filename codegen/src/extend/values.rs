//! How a value of a type is taken from a caller: as which parameter, turned into what a field holds. One place,
//! so that constructors, setters and calls take the same type in the same way.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Type;

use crate::choices;
use crate::lower::JsonField;
use crate::names;
use crate::reshape::{generic_of, type_names};

/// A parameter of a public function and the expression that gives the field's value.
pub(super) struct Taken {
    pub(super) parameter: TokenStream,
    pub(super) value: TokenStream,
}

/// The member of a struct literal that gets the value.
pub(super) fn member(name: &Ident, taken: &Taken) -> TokenStream {
    let value = &taken.value;
    // `name: name` is written `name`.
    if *name == value.to_string() {
        quote!(#name)
    } else {
        quote!(#name: #value)
    }
}

/// Takes a value of type `ty` by the name `name`.
pub(super) fn take(name: &Ident, ty: &Type, json: Option<&JsonField>) -> Taken {
    let last = type_names(ty).first().cloned().unwrap_or_default();
    match (json, last.as_str()) {
        (Some(JsonField::Any | JsonField::Object), _) => Taken {
            parameter: quote!(#name: &(impl serde_core::Serialize + ?Sized)),
            value: quote!(crate::Json::new(#name)),
        },
        (Some(JsonField::Component(component)), _) => {
            let component = names::ident(&names::type_name(component));
            Taken {
                parameter: quote!(#name: &types::#component),
                value: quote!(crate::Json::new(#name)),
            }
        }
        (None, "String") => Taken {
            parameter: quote!(#name: impl Into<String>),
            value: quote!(#name.into()),
        },
        (None, "Vec") if generic_of(ty, "Vec").is_some() => Taken {
            parameter: quote!(#name: impl Into<#ty>),
            value: quote!(#name.into()),
        },
        _ => Taken {
            parameter: quote!(#name: #ty),
            value: quote!(#name),
        },
    }
}

/// Takes a value that must be given. A bare `true` would not say at the call what it means.
pub(super) fn take_required(
    name: &Ident,
    wire: &str,
    ty: &Type,
    json: Option<&JsonField>,
) -> Taken {
    if json.is_some() || !is_bool(ty) {
        return take(name, ty, json);
    }
    let choice = names::ident(&choices::type_name(wire));
    Taken {
        parameter: quote!(#name: crate::choices::#choice),
        value: quote!(#name.into()),
    }
}

/// Whether a type is that of a boolean.
pub(super) fn is_bool(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident("bool"))
}

/// Whether a type is one of `types`, such as a list of values, which is cloned where a number is copied.
fn is_of_document(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.first().is_some_and(|first| first.ident == "types"))
}

/// What a call keeps of an argument of an operation function, and how it hands it on.
pub(super) struct Kept {
    pub(super) ty: Type,
    pub(super) optional: bool,
    pub(super) pass: TokenStream,
}

/// Keeps the argument `name` of type `ty` in a field of the same name.
pub(super) fn keep(name: &Ident, ty: &Type) -> Kept {
    let (inner, optional) = match generic_of(ty, "Option") {
        Some(inner) => (inner, true),
        None => (ty.clone(), false),
    };
    match inner {
        Type::Reference(reference) => {
            let text = matches!(&*reference.elem, Type::Path(path) if path.path.is_ident("str"));
            let owned = if text {
                syn::parse_quote!(String)
            } else {
                (*reference.elem).clone()
            };
            let pass = match (optional, text) {
                (true, true) => quote!(self.#name.as_deref()),
                (true, false) => quote!(self.#name.as_ref()),
                (false, _) => quote!(&self.#name),
            };
            Kept {
                ty: owned,
                optional,
                pass,
            }
        }
        plain => Kept {
            // Of what is handed on by value, only what the document names can be more than a few bytes to copy.
            pass: if is_of_document(&plain) {
                quote!(self.#name.clone())
            } else {
                quote!(self.#name)
            },
            ty: plain,
            optional,
        },
    }
}
