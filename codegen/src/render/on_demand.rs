//! Marks every function `#[inline]`, which leaves compiling it to the crates that call it. Nobody calls all operations of
//! an API; without the mark each caller would wait for the code of all of them. Bodies are never changed here.

use syn::{Attribute, File, ImplItem, Item, Meta, parse_quote};

/// Marks every function that is not marked yet.
pub(super) fn mark(file: &mut File) {
    each_function(file, |attributes| {
        if !attributes.iter().any(is_mark) {
            attributes.push(parse_quote!(#[inline]));
        }
    });
}

/// Takes the marks away: they say nothing about what the code offers.
pub(crate) fn unmark(file: &mut File) {
    each_function(file, |attributes| {
        attributes.retain(|attribute| !is_mark(attribute))
    });
}

fn is_mark(attribute: &Attribute) -> bool {
    matches!(&attribute.meta, Meta::Path(path) if path.is_ident("inline"))
}

fn each_function(file: &mut File, change: impl Fn(&mut Vec<Attribute>)) {
    for item in &mut file.items {
        match item {
            Item::Fn(function) => change(&mut function.attrs),
            Item::Impl(block) => {
                for item in &mut block.items {
                    if let ImplItem::Fn(function) = item {
                        change(&mut function.attrs);
                    }
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_and_methods_are_marked_once_and_nothing_else_is() {
        let mut file: File = parse_quote! {
            fn free() {}
            struct Thing;
            impl Thing {
                const LENGTH: usize = 1;
                #[inline]
                fn marked(&self) {}
                /// Not yet.
                pub(crate) async fn method(&self) {}
            }
            impl Clone for Thing {
                fn clone(&self) -> Self {
                    Self
                }
            }
        };
        mark(&mut file);
        let marked: File = parse_quote! {
            #[inline]
            fn free() {}
            struct Thing;
            impl Thing {
                const LENGTH: usize = 1;
                #[inline]
                fn marked(&self) {}
                /// Not yet.
                #[inline]
                pub(crate) async fn method(&self) {}
            }
            impl Clone for Thing {
                #[inline]
                fn clone(&self) -> Self {
                    Self
                }
            }
        };
        assert_eq!(prettyplease::unparse(&file), prettyplease::unparse(&marked));
        unmark(&mut file);
        assert!(!prettyplease::unparse(&file).contains("inline"));
    }
}
