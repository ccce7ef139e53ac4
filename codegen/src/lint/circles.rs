//! Circles in a graph: which nodes lead back to themselves, and by which way. It knows numbers and labels, nothing of
//! documents, and takes time in proportion to the size of the graph.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

/// From each node, the nodes it leads to, each way with a label.
pub(super) type Graph<L> = BTreeMap<usize, Vec<(usize, L)>>;

/// Nodes that all lead to each other.
pub(super) struct Circle<L> {
    /// All of the nodes.
    pub(super) nodes: BTreeSet<usize>,
    /// The shortest way from the lowest node back to it: where each step arrives, and its label.
    pub(super) way: Vec<(usize, L)>,
}

/// All circles, by their lowest nodes.
pub(super) fn circles<L: Copy>(graph: &Graph<L>) -> Vec<Circle<L>> {
    let mut backwards: HashMap<usize, Vec<usize>> = HashMap::new();
    for (from, ways) in graph {
        for (to, _) in ways {
            backwards.entry(*to).or_default().push(*from);
        }
    }
    // Kosaraju's way: in the order in which the search forwards leaves the nodes, the last one first, a search backwards
    // from each reaches exactly the nodes that lead to each other.
    let mut grouped = HashSet::new();
    let mut circles: Vec<Circle<L>> = left_in_order(graph)
        .into_iter()
        .rev()
        .filter_map(|start| {
            let mut nodes = BTreeSet::new();
            let mut open = vec![start];
            while let Some(node) = open.pop() {
                if grouped.insert(node) {
                    nodes.insert(node);
                    open.extend(backwards.get(&node).into_iter().flatten());
                }
            }
            let way = way_back(*nodes.first()?, &nodes, graph)?;
            Some(Circle { nodes, way })
        })
        .collect();
    circles.sort_by_key(|circle| circle.nodes.first().copied());
    circles
}

/// The nodes in the order in which a search in depth is done with them, without recursion.
fn left_in_order<L>(graph: &Graph<L>) -> Vec<usize> {
    let mut seen = HashSet::new();
    let mut left = Vec::new();
    for start in graph.keys() {
        let mut stack = Vec::new();
        if seen.insert(*start) {
            stack.push((*start, 0));
        }
        while let Some((node, next)) = stack.last_mut() {
            let way = graph.get(node).and_then(|ways| ways.get(*next));
            *next += 1;
            match way {
                Some((to, _)) if graph.contains_key(to) && seen.insert(*to) => stack.push((*to, 0)),
                Some(_) => {}
                None => {
                    left.push(*node);
                    stack.pop();
                }
            }
        }
    }
    left
}

/// The shortest way from a node back to it inside of `nodes`; `None` for a node alone that does not lead to itself.
fn way_back<L: Copy>(
    start: usize,
    nodes: &BTreeSet<usize>,
    graph: &Graph<L>,
) -> Option<Vec<(usize, L)>> {
    let mut came_from: HashMap<usize, (usize, L)> = HashMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        for (to, label) in graph.get(&node).into_iter().flatten() {
            if nodes.contains(to) && !came_from.contains_key(to) {
                came_from.insert(*to, (node, *label));
                queue.push_back(*to);
            }
        }
    }
    let mut way = Vec::new();
    let mut current = start;
    loop {
        let (before, label) = came_from.get(&current)?;
        way.push((current, *label));
        current = *before;
        if current == start {
            way.reverse();
            return Some(way);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Graph, circles};

    fn found(ways: &[(usize, usize)]) -> Vec<Vec<usize>> {
        let mut graph = Graph::new();
        for (from, to) in ways {
            graph.entry(*to).or_insert_with(Vec::new);
            graph.entry(*from).or_insert_with(Vec::new).push((*to, ()));
        }
        let ways = circles(&graph);
        ways.iter()
            .map(|circle| circle.way.iter().map(|(node, ())| *node).collect())
            .collect()
    }

    #[test]
    fn a_circle_is_found_once_and_by_its_shortest_way() {
        assert_eq!(found(&[(1, 2), (2, 3)]), Vec::<Vec<usize>>::new());
        assert_eq!(found(&[(1, 1)]), [[1]]);
        assert_eq!(
            found(&[(0, 1), (1, 2), (2, 3), (3, 1), (2, 1), (3, 4)]),
            [[2, 1]]
        );
        assert_eq!(
            found(&[(5, 6), (6, 5), (1, 2), (2, 1), (1, 5)]),
            [[2, 1], [6, 5]]
        );
    }

    #[test]
    fn a_hundred_thousand_nodes_take_no_stack_and_no_time() {
        let ring: Vec<(usize, usize)> = (0..100_000)
            .map(|node| (node, (node + 1) % 100_000))
            .collect();
        assert_eq!(found(&ring).first().map(Vec::len), Some(100_000));
        let tails: Vec<(usize, usize)> = (0..100_000)
            .map(|node| (node, node + 1))
            .chain([(100_000, 100_000)])
            .collect();
        assert_eq!(found(&tails), [[100_000]]);
    }
}
