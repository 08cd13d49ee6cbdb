//! Departments divide a site; they form a tree (R2).

use std::collections::HashSet;

use crate::{DepartmentId, Label, Problem, SiteId};

/// A part of a site; departments form a tree (R2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Department {
    /// Identity.
    pub id: DepartmentId,
    /// Of which site.
    pub site: SiteId,
    /// The department it is a part of.
    pub parent: Option<DepartmentId>,
    /// Name as shown.
    pub name: Label,
}

/// The departments of one site.
#[derive(Clone, Debug, Default)]
pub struct DepartmentTree(Vec<Department>);

impl DepartmentTree {
    /// How many departments may stand below each other.
    pub const DEPTH: usize = 8;
    /// How many departments a site may have.
    pub const MOST: usize = 500;

    /// The tree of all departments of a site, in any order.
    #[must_use]
    pub fn new(departments: Vec<Department>) -> Self {
        Self(departments)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The one with this id.
    #[must_use]
    pub fn get(&self, id: DepartmentId) -> Option<&Department> {
        self.0.iter().find(|department| department.id == id)
    }

    /// The departments from the top down to this one; empty for one that is not here.
    #[must_use]
    pub fn path(&self, id: DepartmentId) -> Vec<&Department> {
        let mut path = Vec::new();
        let mut next = self.get(id);
        while let Some(department) = next.filter(|_| path.len() < self.0.len()) {
            path.push(department);
            next = department.parent.and_then(|parent| self.get(parent));
        }
        path.reverse();
        path
    }

    /// The path in words: `Vertrieb › Innendienst`.
    #[must_use]
    pub fn path_name(&self, id: DepartmentId) -> String {
        let names: Vec<_> = self.path(id).iter().map(|d| d.name.as_str()).collect();
        names.join(" › ")
    }

    /// Those directly below a department, or at the top, in the order they were given in.
    pub fn children(&self, parent: Option<DepartmentId>) -> impl Iterator<Item = &Department> {
        self.0.iter().filter(move |d| d.parent == parent)
    }

    /// All of them as they are read: each behind the one it is a part of, with how deep it stands, from 0.
    #[must_use]
    pub fn in_order(&self) -> Vec<(&Department, usize)> {
        let mut found = Vec::with_capacity(self.0.len());
        self.descend(None, 0, &mut found);
        found
    }

    fn descend<'a>(
        &'a self,
        parent: Option<DepartmentId>,
        depth: usize,
        found: &mut Vec<(&'a Department, usize)>,
    ) {
        for department in self.children(parent) {
            found.push((department, depth));
            if depth < self.0.len() {
                self.descend(Some(department.id), depth + 1, found);
            }
        }
    }

    /// The department and everything below it.
    #[must_use]
    pub fn subtree(&self, id: DepartmentId) -> HashSet<DepartmentId> {
        let mut found = HashSet::from([id]);
        let mut waiting = vec![id];
        while let Some(next) = waiting.pop() {
            let new = self.children(Some(next)).map(|department| department.id);
            waiting.extend(new.filter(|id| found.insert(*id)));
        }
        found
    }

    /// How many levels stand at and below this one.
    fn height(&self, id: DepartmentId) -> usize {
        let below = self.subtree(id);
        let depth = |id| self.path(id).len();
        let deepest = below.iter().map(|id| depth(*id)).max().unwrap_or(0);
        deepest.saturating_sub(depth(id)) + 1
    }

    /// Whether a department may have this name and stand below `parent`; `id` is the department that changes, if it exists.
    ///
    /// # Errors
    /// The field's problem: `Unknown` for a parent that is not of the site, `InsideItself`, `TooDeep`; and `Taken` for a
    /// name that another one there has.
    pub fn check(
        &self,
        id: Option<DepartmentId>,
        name: &Label,
        parent: Option<DepartmentId>,
    ) -> Result<(), Refusal> {
        if let Some(parent) = parent {
            self.check_parent(id, parent).map_err(Refusal::Parent)?;
        }
        let mut beside = self.children(parent).filter(|other| Some(other.id) != id);
        if beside.any(|other| other.name == *name) {
            return Err(Refusal::Name(Problem::Taken));
        }
        Ok(())
    }

    fn check_parent(&self, id: Option<DepartmentId>, parent: DepartmentId) -> Result<(), Problem> {
        if self.get(parent).is_none() {
            return Err(Problem::Unknown);
        }
        if id.is_some_and(|id| self.subtree(id).contains(&parent)) {
            return Err(Problem::InsideItself);
        }
        let levels = self.path(parent).len() + id.map_or(1, |id| self.height(id));
        if levels > Self::DEPTH {
            return Err(Problem::TooDeep { max: Self::DEPTH });
        }
        Ok(())
    }
}

/// What keeps a department from its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Its name.
    Name(Problem),
    /// The department it would be a part of.
    Parent(Problem),
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn id(n: usize) -> DepartmentId {
        DepartmentId(Uuid::from_u128(n as u128 + 1))
    }

    /// Department `n` below `parents[n]`.
    fn tree(parents: &[Option<usize>]) -> DepartmentTree {
        let department = |(n, parent): (usize, &Option<usize>)| Department {
            id: id(n),
            site: SiteId(Uuid::nil()),
            parent: parent.map(id),
            name: format!("D{n}").parse().unwrap(),
        };
        DepartmentTree::new(parents.iter().enumerate().map(department).collect())
    }

    fn label(text: &str) -> Label {
        text.parse().unwrap()
    }

    #[test]
    fn r2_a_department_is_named_with_those_above_it() {
        let tree = tree(&[None, Some(0), Some(1)]);
        assert_eq!(tree.path_name(id(2)), "D0 › D1 › D2");
        assert_eq!(tree.path_name(id(9)), "");
        let order: Vec<_> = tree.in_order().iter().map(|(_, depth)| *depth).collect();
        assert_eq!(order, [0, 1, 2]);
    }

    #[test]
    fn r2_no_department_becomes_a_part_of_itself() {
        let tree = tree(&[None, Some(0), Some(1)]);
        for below in [0, 1, 2] {
            let refused = tree.check(Some(id(0)), &label("D0"), Some(id(below)));
            assert_eq!(refused, Err(Refusal::Parent(Problem::InsideItself)));
        }
        assert_eq!(tree.check(Some(id(2)), &label("D2"), Some(id(0))), Ok(()));
    }

    #[test]
    fn r2_the_tree_is_bounded_also_when_a_whole_branch_moves() {
        let chain: Vec<_> = (0..DepartmentTree::DEPTH)
            .map(|n| n.checked_sub(1))
            .collect();
        let mut parents = chain.clone();
        parents.extend([None, Some(chain.len())]);
        let tree = tree(&parents);
        let max = DepartmentTree::DEPTH;
        let too_deep = Err(Refusal::Parent(Problem::TooDeep { max }));
        assert_eq!(tree.check(None, &label("new"), Some(id(max - 1))), too_deep);
        let branch = Some(id(chain.len()));
        assert_eq!(tree.check(branch, &label("b"), Some(id(max - 2))), too_deep);
        assert_eq!(tree.check(branch, &label("b"), Some(id(max - 3))), Ok(()));
    }

    #[test]
    fn two_departments_beside_each_other_have_two_names() {
        let tree = tree(&[None, None, Some(0)]);
        let taken = Err(Refusal::Name(Problem::Taken));
        assert_eq!(tree.check(None, &label("D1"), None), taken);
        assert_eq!(tree.check(None, &label("D1"), Some(id(0))), Ok(()));
        assert_eq!(tree.check(Some(id(1)), &label("D1"), None), Ok(()));
    }

    proptest! {
        #[test]
        fn r2_moves_that_are_allowed_keep_a_tree_of_bounded_depth(moves in proptest::collection::vec((0usize..12, 0usize..12), 0..60)) {
            let mut departments = tree(&[None; 12]).0;
            for (from, to) in moves {
                let before = DepartmentTree::new(departments.clone());
                let name = departments[from].name.clone();
                if before.check(Some(id(from)), &name, Some(id(to))).is_ok() {
                    departments[from].parent = Some(id(to));
                }
            }
            let after = DepartmentTree::new(departments);
            prop_assert_eq!(after.in_order().len(), 12);
            prop_assert!(after.in_order().iter().all(|(_, depth)| *depth < DepartmentTree::DEPTH));
        }
    }
}
