//! Sorted maps and sets beside those of the standard library, and the sort
//! beside that of slices.

use std::collections::{BTreeMap, BTreeSet};

use droppoint_trace::{SortedMap, SortedSet, sort};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Insert(u8, u8),
    Remove(u8),
    Add(u8, u8),
    PopFirst,
}

fn step() -> impl Strategy<Value = Step> {
    // Few keys, so that they meet.
    let key = 0..12u8;
    prop_oneof![
        3 => (key.clone(), any::<u8>()).prop_map(|(key, value)| Step::Insert(key, value)),
        2 => key.clone().prop_map(Step::Remove),
        2 => (key, any::<u8>()).prop_map(|(key, value)| Step::Add(key, value)),
        1 => Just(Step::PopFirst),
    ]
}

proptest! {
    #[test]
    fn a_map_does_what_a_b_tree_does(steps in prop::collection::vec(step(), 0..60)) {
        let (mut map, mut tree) = (SortedMap::new(), BTreeMap::new());
        for step in steps {
            match step {
                Step::Insert(key, value) => {
                    prop_assert_eq!(map.insert(key, value), tree.insert(key, value));
                }
                Step::Remove(key) => prop_assert_eq!(map.remove(&key), tree.remove(&key)),
                Step::Add(key, value) => {
                    let (one, two) =
                        (map.get_or_insert_with(key, || value), tree.entry(key).or_insert(value));
                    prop_assert_eq!(&*one, &*two);
                    *one = one.wrapping_add(value);
                    *two = two.wrapping_add(value);
                }
                Step::PopFirst => prop_assert_eq!(map.pop_first(), tree.pop_first()),
            }
            prop_assert_eq!(map.len(), tree.len());
            prop_assert_eq!(map.is_empty(), tree.is_empty());
            prop_assert_eq!(map.first_key_value(), tree.first_key_value());
            prop_assert!(map.iter().eq(tree.iter()));
            prop_assert!(map.keys().eq(tree.keys()) && map.values().eq(tree.values()));
            for key in 0..12 {
                prop_assert_eq!(map.get(&key), tree.get(&key));
                prop_assert_eq!(map.contains_key(&key), tree.contains_key(&key));
            }
        }
        prop_assert_eq!(format!("{map:?}"), format!("{tree:?}"));
        prop_assert!(map.into_iter().eq(tree));
    }

    #[test]
    fn a_set_does_what_a_b_tree_does(items in prop::collection::vec((0..12u8, any::<bool>()), 0..60)) {
        let (mut set, mut tree) = (SortedSet::new(), BTreeSet::new());
        for (item, put) in items {
            match put {
                true => prop_assert_eq!(set.insert(item), tree.insert(item)),
                false => prop_assert_eq!(set.remove(&item), tree.remove(&item)),
            }
            prop_assert!(set.iter().eq(tree.iter()));
            prop_assert_eq!(set.len(), tree.len());
            prop_assert_eq!(set.is_empty(), tree.is_empty());
            prop_assert_eq!(set.contains(&item), tree.contains(&item));
        }
        prop_assert_eq!(format!("{set:?}"), format!("{tree:?}"));
    }

    /// However it came about: equal items, equal map, compared alike.
    #[test]
    fn maps_compare_as_b_trees_do(
        one in prop::collection::vec((0..4u8, 0..3u8), 0..8),
        two in prop::collection::vec((0..4u8, 0..3u8), 0..8),
    ) {
        let maps: (SortedMap<_, _>, SortedMap<_, _>) =
            (one.iter().copied().collect(), two.iter().copied().collect());
        let trees: (BTreeMap<_, _>, BTreeMap<_, _>) =
            (one.into_iter().collect(), two.into_iter().collect());
        prop_assert_eq!(maps.0 == maps.1, trees.0 == trees.1);
        prop_assert_eq!(maps.0.cmp(&maps.1), trees.0.cmp(&trees.1));
    }

    #[test]
    fn both_are_read_and_written_as_b_trees_are(
        map in prop::collection::btree_map("[a-c]{0,2}", any::<u8>(), 0..6),
        set in prop::collection::btree_set("[a-c]{0,2}", 0..6),
    ) {
        let text = serde_json::to_string(&(&map, &set)).unwrap();
        let read: (SortedMap<String, u8>, SortedSet<String>) =
            serde_json::from_str(&text).unwrap();
        prop_assert!(read.0.iter().eq(map.iter()) && read.1.iter().eq(set.iter()));
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
    }

    /// The second number tells whether equal ones keep their order.
    #[test]
    fn the_sort_is_that_of_slices(items in prop::collection::vec(0..6u8, 0..70)) {
        let mut items: Vec<(u8, usize)> =
            items.into_iter().enumerate().map(|(at, item)| (item, at)).collect();
        let mut sorted = items.clone();
        sorted.sort_by_key(|item| item.0);
        sort(&mut items, |a, b| a.0.cmp(&b.0));
        prop_assert_eq!(items, sorted);
    }
}
