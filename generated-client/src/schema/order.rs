//! An order for things that lead to one another, found without a call on the stack for each.

/// Why there is no order, and of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Endless {
    /// This one leads to itself.
    Circle(usize),
    /// This one leads to others over more than the allowed number.
    Chain(usize),
}

/// The numbers below `count` in an order in which each one comes before those that it leads to. `inner` says what a number
/// leads to.
///
/// # Errors
/// One leads to itself, or over more than `longest` others.
pub(super) fn order<I: IntoIterator<Item = usize>>(
    count: usize,
    longest: usize,
    inner: impl Fn(usize) -> I,
) -> Result<Vec<usize>, Endless> {
    // Depth first: a node is entered, and left when everything that it leads to has been left.
    let mut order = Vec::with_capacity(count);
    let mut heights: Vec<Option<usize>> = vec![None; count];
    let mut entered = vec![false; count];
    let mut open: Vec<(usize, bool)> = (0..count).rev().map(|node| (node, false)).collect();
    while let Some((node, is_left)) = open.pop() {
        if is_left {
            let below = inner(node).into_iter();
            let below = below.filter_map(|inner| heights.get(inner).copied().flatten());
            let height = below.max().map_or(0, |height| height + 1);
            if height > longest {
                return Err(Endless::Chain(node));
            }
            if let Some(place) = heights.get_mut(node) {
                *place = Some(height);
            }
            order.push(node);
            continue;
        }
        if heights.get(node).is_none_or(Option::is_some) {
            continue;
        }
        match entered.get_mut(node) {
            Some(entered) if !*entered => *entered = true,
            // It has been entered and not left, so this is the way from itself.
            _ => return Err(Endless::Circle(node)),
        }
        open.push((node, true));
        open.extend(inner(node).into_iter().map(|inner| (inner, false)));
    }
    order.reverse();
    Ok(order)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ordered(edges: &[Vec<usize>], longest: usize) -> Result<Vec<usize>, Endless> {
        order(edges.len(), longest, |node| edges[node].iter().copied())
    }

    #[test]
    fn circles_and_long_chains_have_no_order() {
        assert_eq!(ordered(&[vec![0]], 9), Err(Endless::Circle(0)));
        assert!(matches!(
            ordered(&[vec![1], vec![2], vec![1]], 9),
            Err(Endless::Circle(1 | 2))
        ));
        let chain = [vec![1], vec![2], vec![]];
        assert_eq!(ordered(&chain, 2), Ok(vec![0, 1, 2]));
        assert_eq!(ordered(&chain, 1), Err(Endless::Chain(0)));
        // What is reached twice is no circle.
        let shared = [vec![2, 1, 2], vec![2, 3], vec![3, 3], vec![]];
        assert_eq!(ordered(&shared, 3), Ok(vec![0, 1, 2, 3]));
    }

    proptest! {
        #[test]
        fn each_comes_before_what_it_leads_to(
            edges in proptest::collection::vec(proptest::collection::vec(0_usize..12, 0..4), 12),
        ) {
            if let Ok(order) = ordered(&edges, 12) {
                prop_assert_eq!(order.len(), 12);
                let at = |node: usize| order.iter().position(|other| *other == node);
                for (node, inner) in edges.iter().enumerate() {
                    for other in inner {
                        prop_assert!(at(node) < at(*other));
                    }
                }
            } else {
                // Taking away what nothing is behind, again and again, leaves the circle.
                let mut left: Vec<usize> = (0..12).collect();
                loop {
                    let before = left.len();
                    let still = left.clone();
                    left.retain(|node| edges[*node].iter().any(|inner| still.contains(inner)));
                    if left.len() == before {
                        break;
                    }
                }
                prop_assert!(!left.is_empty());
            }
        }
    }
}
