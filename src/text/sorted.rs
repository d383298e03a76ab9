//! Word lists too long to be read at every start: they are sorted, and searched where they lie in the binary.

use std::cmp::Ordering;

/// A list of lines `key` or `key<TAB>value`, in byte order, below a head of lines that begin with `#`. Look-ups search the
/// text itself, so that no memory is taken.
#[derive(Debug, Clone, Copy)]
pub struct Sorted(&'static str);

impl Sorted {
    /// Takes a list as it lies in `assets/`.
    pub const fn new(list: &'static str) -> Self {
        Self(list)
    }

    /// What the list says of `key`: its value, or nothing if it has none. `None` if the key is not in the list.
    pub fn get(self, key: &str) -> Option<&'static str> {
        if key.starts_with('#') || key.contains(['\t', '\n']) {
            return None;
        }
        let (list, key) = (self.0.as_bytes(), key.as_bytes());
        let (mut low, mut high) = (0, list.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let start = list.get(low..middle)?.iter().rposition(|byte| *byte == b'\n').map_or(low, |at| low + at + 1);
            // A shorter name is followed by a tab or a line break, which sort before every character of a key.
            let line = list.get(start..high)?;
            let (name, behind) = line.split_at(key.len().min(line.len()));
            let ends = matches!(behind.first(), None | Some(b'\t' | b'\n'));
            match key.cmp(name) {
                Ordering::Equal if ends => {
                    return self.0.get(start + key.len()..)?.split('\n').next().map(|value| value.trim_start_matches('\t'));
                }
                Ordering::Equal | Ordering::Less => high = start,
                Ordering::Greater => {
                    low = list.get(middle..high)?.iter().position(|byte| *byte == b'\n').map_or(high, |at| middle + at + 1);
                }
            }
        }
        None
    }

    /// Whether `key` is in the list.
    pub fn contains(self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The first key out of order, which `get` would miss; `None` in a well-formed list.
    #[cfg(test)]
    pub(crate) fn misplaced(self) -> Option<&'static str> {
        let keys: Vec<&str> =
            self.0.lines().skip_while(|line| line.starts_with('#')).filter_map(|line| line.split('\t').next()).collect();
        keys.windows(2).find_map(|pair| (pair[0] >= pair[1]).then_some(pair[1]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: Sorted = Sorted::new("# Rivers.\n# By hand.\nAa\nAar\tx\nElbe\tx y\nÖre\n");

    #[test]
    fn each_key_is_found_and_nothing_else() {
        assert_eq!(["Aa", "Aar", "Elbe", "Öre"].map(|key| LIST.get(key)), [Some(""), Some("x"), Some("x y"), Some("")]);
        for other in ["", "A", "Aarx", "Elb", "Elbe\tx y", "Elbe\tx", "# Rivers.", "#", "x", "Ö", "Ører", "\n", "zzz"] {
            assert_eq!(LIST.get(other), None, "{other:?}");
        }
        assert_eq!(Sorted::new("").get("a"), None);
        assert_eq!(Sorted::new("a").get("a"), Some(""));
    }

    #[test]
    fn a_key_out_of_order_is_told() {
        assert_eq!(LIST.misplaced(), None);
        assert_eq!(Sorted::new("# b\na\nc\nb\nd\n").misplaced(), Some("b"));
        assert_eq!(Sorted::new("a\tx\na\ty\n").misplaced(), Some("a"), "twice");
    }
}
