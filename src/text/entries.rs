//! Word lists and tables as `assets/` keeps them.

/// The entries of a list, one a line, without the white space around them; blank lines and those that begin with `#` are skipped.
pub fn entries(list: &str) -> impl Iterator<Item = &str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_blank_lines_are_no_entries() {
        let list = "# Months.\nmay\n\n  june #1 \n\t\n #july\n";
        assert_eq!(entries(list).collect::<Vec<_>>(), ["may", "june #1"]);
    }
}
