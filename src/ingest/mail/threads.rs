//! Which mails belong to one conversation: those that name each other.

use std::collections::HashMap;
use xxhash_rust::xxh3::xxh3_64;

/// Mails by their ids, and sets of those that name each other (disjoint sets, by halving paths).
#[derive(Default)]
pub(super) struct Threads {
    nodes: HashMap<u64, u32>,
    parents: Vec<u32>,
    /// Hashes of the ids, to name a thread by.
    hashes: Vec<u64>,
}

impl Threads {
    /// Takes in a mail with what it answers; a mail without an id is one of its own.
    pub(super) fn admit(&mut self, id: Option<&str>, references: &[String]) -> u32 {
        let node = match id {
            Some(id) => self.node(id),
            None => self.fresh(self.parents.len() as u64),
        };
        for reference in references {
            let other = self.node(reference);
            let (first, second) = (self.root(node), self.root(other));
            // The older is the root, so that it does not depend on how often it is looked up.
            let (root, child) = (first.min(second), first.max(second));
            if let Some(parent) = self.parents.get_mut(child as usize) {
                *parent = root;
            }
        }
        node
    }

    /// What all mails of one conversation have in common.
    pub(super) fn root(&mut self, mut node: u32) -> u32 {
        loop {
            let parent = self.parent(node);
            if parent == node {
                return node;
            }
            let above = self.parent(parent);
            if let Some(kept) = self.parents.get_mut(node as usize) {
                *kept = above;
            }
            node = above;
        }
    }

    /// A name of a conversation that does not depend on what else the mailbox holds before it.
    pub(super) fn name(&self, root: u32) -> u64 {
        self.hashes.get(root as usize).copied().unwrap_or_default()
    }

    fn parent(&self, node: u32) -> u32 {
        self.parents.get(node as usize).copied().unwrap_or(node)
    }

    fn node(&mut self, id: &str) -> u32 {
        let hash = xxh3_64(id.as_bytes());
        if let Some(node) = self.nodes.get(&hash) {
            return *node;
        }
        let node = self.fresh(hash);
        self.nodes.insert(hash, node);
        node
    }

    fn fresh(&mut self, hash: u64) -> u32 {
        let node = u32::try_from(self.parents.len()).unwrap_or(u32::MAX);
        self.parents.push(node);
        self.hashes.push(hash);
        node
    }
}

#[cfg(test)]
mod tests {
    use super::Threads;

    #[test]
    fn mails_that_name_each_other_are_one_thread_in_any_order() {
        let mut threads = Threads::default();
        let list = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        let answer = threads.admit(Some("c"), &list(&["a", "b"]));
        let other = threads.admit(Some("x"), &[]);
        let first = threads.admit(Some("a"), &[]);
        let nameless = threads.admit(None, &list(&["b"]));
        let root = threads.root(answer);
        assert_eq!((threads.root(first), threads.root(nameless)), (root, root));
        assert_ne!(threads.root(other), root);
    }
}
