//! Where a SID, a bounded integer or a choice is used: every parameter, property of a body and property of a type that has its type.

use std::collections::BTreeMap;

use super::{OperationSurface, TypeShape, TypeSurface, Use};

pub(super) fn of(
    name: &str,
    operations: &BTreeMap<String, OperationSurface>,
    types: &BTreeMap<String, TypeSurface>,
) -> Vec<Use> {
    let parameters = operations.values().flat_map(|operation| {
        let here = operation
            .parameters
            .iter()
            .filter(|parameter| names(&parameter.rust_type, name));
        here.map(|parameter| Use::Parameter {
            operation: operation.id.clone(),
            place: parameter.place,
            wire: parameter.wire.clone(),
        })
    });
    // The members of a hidden type are parameters of its operation.
    let members = types.values().filter(|data| data.public).flat_map(|data| {
        let members = match &data.shape {
            TypeShape::Object(members) => members.as_slice(),
            TypeShape::Enum { .. } => &[],
        };
        let here = members
            .iter()
            .filter(|member| names(&member.rust_type, name));
        here.map(|member| Use::Member {
            of: data.name.clone(),
            wire: member.wire.clone().unwrap_or_else(|| "*".to_owned()),
        })
    });
    parameters.chain(members).collect()
}

// Whether a type's text names another type, alone or inside of `Option<..>` and its like.
fn names(ty: &str, name: &str) -> bool {
    ty.split(|c: char| !c.is_alphanumeric() && !"_:".contains(c))
        .any(|word| word == name)
}
