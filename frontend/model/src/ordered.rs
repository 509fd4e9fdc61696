//! Small ordered maps and sets, and putting things in order. The standard library's are made for
//! millions and bring 5 KB of code for each type held; a page has hundreds of things.

/// A map in the order of its keys: a sorted list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordered<K, V>(Vec<(K, V)>);

impl<K, V> Default for Ordered<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V> Ordered<K, V> {
    /// What is held under a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        self.0.get(self.find(key).ok()?).map(|(_, value)| value)
    }

    /// What is held under a key, to be changed.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let at = self.find(key).ok()?;
        self.0.get_mut(at).map(|(_, value)| value)
    }

    /// Whether something is held under a key.
    pub fn contains_key(&self, key: &K) -> bool {
        self.find(key).is_ok()
    }

    /// Holds a value under a key, in place of another.
    pub fn insert(&mut self, key: K, value: V) {
        match self.find(&key) {
            Ok(at) => {
                if let Some((_, held)) = self.0.get_mut(at) {
                    *held = value;
                }
            }
            Err(at) => self.0.insert(at, (key, value)),
        }
    }

    /// What is held under a key; made where nothing is.
    pub fn or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        let at = match self.find(&key) {
            Ok(at) => at,
            Err(at) => {
                self.0.insert(at, (key, make()));
                at
            }
        };
        #[expect(clippy::indexing_slicing, reason = "it was found or put there just now")]
        &mut self.0[at].1
    }

    /// Lets go of what is held under a key.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let at = self.find(key).ok()?;
        Some(self.0.remove(at).1)
    }

    fn find(&self, key: &K) -> Result<usize, usize> {
        // What comes is mostly the newest.
        match self.0.last() {
            Some((last, _)) if last < key => Err(self.0.len()),
            Some(_) | None => self.0.binary_search_by(|(held, _)| held.cmp(key)),
        }
    }
}

impl<K: Ord, V> Extend<(K, V)> for Ordered<K, V> {
    fn extend<T: IntoIterator<Item = (K, V)>>(&mut self, all: T) {
        for (key, value) in all {
            self.insert(key, value);
        }
    }
}

impl<K, V> Ordered<K, V> {
    /// Lets go of everything.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// How many are held.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none is held.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Keeps only what may stay.
    pub fn retain(&mut self, mut stays: impl FnMut(&K, &mut V) -> bool) {
        self.0.retain_mut(|(key, value)| stays(key, value));
    }

    /// The keys, in order.
    #[must_use]
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.0.iter().map(|(key, _)| key)
    }

    /// The values, in the order of their keys.
    #[must_use]
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }

    /// The values, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// Keys and values, in order.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.0.iter().map(|(key, value)| (key, value))
    }
}

/// A set in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderedSet<K>(Ordered<K, ()>);

impl<K> Default for OrderedSet<K> {
    fn default() -> Self {
        Self(Ordered::default())
    }
}

impl<K: Ord> OrderedSet<K> {
    /// Whether it is in the set.
    #[must_use]
    pub fn contains(&self, key: &K) -> bool {
        self.0.contains_key(key)
    }

    /// Puts it into the set.
    pub fn insert(&mut self, key: K) {
        self.0.insert(key, ());
    }

    /// Puts all of another set into this one.
    pub fn extend(&mut self, other: Self) {
        for (key, ()) in other.0.0 {
            self.insert(key);
        }
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is in it, in order.
    pub fn iter(&self) -> impl Iterator<Item = &K> {
        self.0.keys()
    }
}

impl<K: Ord> From<[K; 1]> for OrderedSet<K> {
    fn from([key]: [K; 1]) -> Self {
        Self(Ordered(vec![(key, ())]))
    }
}

/// The things in order of what `key` says of each; equal ones stay as they stood.
#[must_use]
pub fn in_order<T, K: Ord>(things: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let keys: Vec<K> = things.iter().map(key).collect();
    let follows = |one: usize, other: usize| keys.get(one) > keys.get(other);
    let mut things: Vec<Option<T>> = things.into_iter().map(Some).collect();
    let take = |at: usize| things.get_mut(at).and_then(Option::take);
    merged(0, keys.len(), &follows).into_iter().filter_map(take).collect()
}

/// The places from one to another in order, by merging; not made anew for each type of thing.
fn merged(from: usize, to: usize, follows: &dyn Fn(usize, usize) -> bool) -> Vec<usize> {
    let half = from.midpoint(to);
    if half == from {
        return (from..to).collect();
    }
    let mut right = merged(half, to, follows).into_iter().peekable();
    let mut all = Vec::with_capacity(to - from);
    for one in merged(from, half, follows) {
        while let Some(other) = right.next_if(|other| follows(one, *other)) {
            all.push(other);
        }
        all.push(one);
    }
    all.extend(right);
    all
}

#[cfg(test)]
mod tests {
    use super::{Ordered, in_order};

    #[test]
    fn a_map_holds_one_value_for_each_key_in_order() {
        let mut map = Ordered::default();
        for key in [3, 1, 2, 3] {
            map.insert(key, key * 10);
        }
        *map.or_insert_with(4, || 0) += 1;
        assert_eq!(map.remove(&2), Some(20));
        assert_eq!(map.iter().collect::<Vec<_>>(), [(&1, &10), (&3, &30), (&4, &1)]);
    }

    #[test]
    fn equal_things_stay_as_they_stood() {
        let things = vec![(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd'), (0, 'e')];
        let ordered = in_order(things, |thing| thing.0);
        assert_eq!(ordered.iter().map(|thing| thing.1).collect::<String>(), "ebdac");
    }
}
