//! Pages of long lists, by keyset: page 2,000 costs what page 1 costs.

use uuid::Uuid;

/// A place in a sorted list from which to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The sort key of the item at that place.
    pub key: String,
    /// The id of that item, which decides between equal keys.
    pub id: Uuid,
    /// Whether the wanted items stand before that place rather than behind it.
    pub backwards: bool,
}

/// Ascending or descending.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    #[default]
    Ascending,
    /// Largest first.
    Descending,
}

impl Direction {
    /// The other one.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }
}

/// How many items a page has at most: 1 to 200.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit(usize);

impl Limit {
    /// The wanted size, brought into bounds.
    #[must_use]
    pub fn new(wanted: usize) -> Self {
        Self(wanted.clamp(1, 200))
    }

    /// The size.
    #[must_use]
    pub fn get(self) -> usize {
        self.0
    }

    /// One more than the size, which tells whether there is a further page.
    #[must_use]
    pub fn and_one(self) -> i64 {
        i64::try_from(self.0 + 1).expect("at most 201")
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(50)
    }
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The items, in the list's order.
    pub items: Vec<T>,
    /// Where the next page begins, when there is one.
    pub next: Option<Cursor>,
    /// Where the previous page ends, when there is one.
    pub previous: Option<Cursor>,
}

impl<T> Page<T> {
    /// Makes a page of up to `limit + 1` items read in reading direction from `cursor`.
    pub fn from_read(
        mut items: Vec<T>,
        cursor: Option<&Cursor>,
        limit: Limit,
        place: impl Fn(&T) -> (String, Uuid),
    ) -> Self {
        let more = items.len() > limit.get();
        items.truncate(limit.get());
        let backwards = cursor.is_some_and(|c| c.backwards);
        if backwards {
            items.reverse();
        }
        let at = |item: Option<&T>, backwards| {
            item.map(|item| {
                let (key, id) = place(item);
                Cursor { key, id, backwards }
            })
        };
        let next = if more || backwards {
            at(items.last(), false)
        } else {
            None
        };
        let has_previous = if backwards { more } else { cursor.is_some() };
        let previous = if has_previous {
            at(items.first(), true)
        } else {
            None
        };
        Self {
            items,
            next,
            previous,
        }
    }

    /// The same page of other items.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        let Self {
            items,
            next,
            previous,
        } = self;
        Page {
            items: items.into_iter().map(f).collect(),
            next,
            previous,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(n: &u128) -> (String, Uuid) {
        (format!("{n:03}"), Uuid::from_u128(*n))
    }

    fn read(all: &[u128], cursor: Option<&Cursor>, limit: Limit) -> Vec<u128> {
        let count = limit.get() + 1;
        match cursor {
            None => all.iter().copied().take(count).collect(),
            Some(c) if c.backwards => all
                .iter()
                .rev()
                .copied()
                .filter(|n| place(n).0 < c.key)
                .take(count)
                .collect(),
            Some(c) => all
                .iter()
                .copied()
                .filter(|n| place(n).0 > c.key)
                .take(count)
                .collect(),
        }
    }

    #[test]
    fn pages_forth_and_back_meet_every_item_once() {
        let all: Vec<u128> = (0..10).collect();
        let limit = Limit::new(4);
        let page = |cursor: Option<&Cursor>| {
            Page::from_read(read(&all, cursor, limit), cursor, limit, place)
        };
        let first = page(None);
        let second = page(first.next.as_ref());
        let third = page(second.next.as_ref());
        assert_eq!(
            [
                first.items.clone(),
                second.items.clone(),
                third.items.clone()
            ]
            .concat(),
            all
        );
        assert_eq!((first.previous.clone(), third.next.clone()), (None, None));
        let back = page(third.previous.as_ref());
        assert_eq!(back.items, second.items);
        assert_eq!(page(back.previous.as_ref()).items, first.items);
    }
}
