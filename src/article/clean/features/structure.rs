//! Features of where a line stands in the tree of an HTML page: the paragraphs of its article are in one place of the tree and marked up
//! alike; everything else is in boxes beside and between them.

use super::{ALL, bin, trust};
use crate::article::clean::Facts;
use crate::article::page::{Markup, Page, Tag};
use std::collections::HashMap;

/// Most steps climbed in the tree.
const STEPS: usize = 64;
/// Most characters of one line that count as prose.
const LONGEST: usize = 1000;
/// An element with less of the page's prose than this is a box on the page, not the place of its article.
const BOX: f32 = 0.4;

/// The tree of a page with its prose.
pub(super) struct Tree<'a> {
    parents: &'a [u32],
    /// What stands in each element, at any depth.
    within: Vec<Group>,
    /// Prose of each element's own lines, in characters.
    own: Vec<f32>,
    /// Lines whose elements are of one kind, and those whose elements stand within elements of one kind, too.
    kinds: HashMap<u64, Group>,
    paths: HashMap<u64, Group>,
    /// Prose of the whole page, in characters.
    total: f32,
    /// The place of the article, and the elements around it, by their steps from it.
    around: HashMap<u32, usize>,
}

/// Lines that belong together.
#[derive(Debug, Clone, Copy, Default)]
struct Group {
    /// Prose, in characters.
    chars: f32,
    lines: usize,
    prose: usize,
    /// Lines that are links.
    linked: usize,
    /// Lines that the content extractor keeps.
    content: usize,
}

impl Group {
    fn add(&mut self, other: Self) {
        self.chars += other.chars;
        self.lines += other.lines;
        self.prose += other.prose;
        self.linked += other.linked;
        self.content += other.content;
    }

    fn share(&self, count: usize) -> f32 {
        count as f32 / self.lines.max(1) as f32
    }
}

impl<'a> Tree<'a> {
    pub(super) fn of(page: &'a Page, facts: &[Facts]) -> Self {
        let elements = page.parents.len();
        let mut tree = Self {
            parents: &page.parents,
            within: vec![Group::default(); elements],
            own: vec![0.0; elements],
            kinds: HashMap::new(),
            paths: HashMap::new(),
            total: 1.0,
            around: HashMap::new(),
        };
        for (line, facts) in page.lines.iter().zip(facts) {
            if let Some(markup) = &line.markup {
                tree.add(markup, facts);
            }
        }
        // An element has a higher number than its parent, so that each is complete when it is added to its own.
        for (at, parent) in page.parents.iter().enumerate().skip(1).rev() {
            let inner = tree.within.get(at).copied().unwrap_or_default();
            if let Some(outer) = tree.within.get_mut(*parent as usize) {
                outer.add(inner);
            }
        }
        tree.place();
        tree
    }

    fn add(&mut self, markup: &Markup, facts: &Facts) {
        let prose = facts.is_prose();
        let line = Group {
            chars: if prose { trust(markup) * facts.chars.min(LONGEST) as f32 } else { 0.0 },
            lines: 1,
            prose: usize::from(prose),
            linked: usize::from(markup.links >= 0.6),
            content: usize::from(markup.content),
        };
        self.total += line.chars;
        self.kinds.entry(markup.kind).or_default().add(line);
        self.paths.entry(markup.path).or_default().add(line);
        if let Some(within) = self.within.get_mut(markup.block as usize) {
            within.add(line);
        }
        let home = self.home(markup);
        if let Some(own) = self.own.get_mut(home as usize) {
            *own += line.chars;
        }
    }

    /// Finds the place of the article: the element with the most prose of its own, where a parent gets half of its children's as
    /// Readability has it.
    fn place(&mut self) {
        let mut scores = self.own.clone();
        for (own, parent) in self.own.iter().zip(self.parents) {
            if let Some(score) = scores.get_mut(*parent as usize) {
                *score += own / 2.0;
            }
        }
        let best = scores.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)));
        let Some(mut at) = best.and_then(|(at, _)| u32::try_from(at).ok()) else { return };
        for step in 0..STEPS {
            self.around.entry(at).or_insert(step);
            at = self.up(at);
        }
    }

    /// The features of a line.
    pub(super) fn name(&self, markup: &Markup, names: &mut Vec<&'static str>) {
        let own = self.own.get(self.home(markup) as usize).copied().unwrap_or_default();
        names.push(bin(
            own / self.total,
            &[(0.001, "home=0"), (0.1, "home<.1"), (0.35, "home<.35"), (0.7, "home<.7"), (ALL, "home>.7")],
        ));
        self.name_alike(markup, names);
        self.name_steps(markup, names);
        self.name_box(markup, names);
    }

    /// What the lines of the same kind, and those of the same path, are like.
    fn name_alike(&self, markup: &Markup, names: &mut Vec<&'static str>) {
        let kind = self.kinds.get(&markup.kind).copied().unwrap_or_default();
        let shares = [(0.001, "kind=0"), (0.1, "kind<.1"), (0.5, "kind<.5"), (0.9, "kind<.9"), (ALL, "kind>.9")];
        names.push(bin(kind.chars / self.total, &shares));
        let prose = [(0.001, "kind-prose=0"), (0.3, "kind-prose<.3"), (0.7, "kind-prose<.7"), (ALL, "kind-prose>.7")];
        names.push(bin(kind.share(kind.prose), &prose));
        let path = self.paths.get(&markup.path).copied().unwrap_or_default();
        let shares = [(0.001, "path=0"), (0.1, "path<.1"), (0.35, "path<.35"), (0.7, "path<.7"), (ALL, "path>.7")];
        names.push(bin(path.chars / self.total, &shares));
        let prose = [(0.001, "path-prose=0"), (0.3, "path-prose<.3"), (0.7, "path-prose<.7"), (ALL, "path-prose>.7")];
        names.push(bin(path.share(path.prose), &prose));
        let links = [(0.001, "path-links=0"), (0.3, "path-links<.3"), (0.7, "path-links<.7"), (ALL, "path-links>.7")];
        names.push(bin(path.share(path.linked), &links));
        let size = [(1.5, "path-lines=1"), (3.5, "path-lines<4"), (8.5, "path-lines<9"), (ALL, "path-lines>8")];
        names.push(bin(path.lines as f32, &size));
    }

    /// How many steps up from the line, and down again, the place of the article is.
    fn name_steps(&self, markup: &Markup, names: &mut Vec<&'static str>) {
        let found = self.climb(markup).enumerate().find_map(|(up, element)| Some((up, *self.around.get(&element)?)));
        let Some((up, down)) = found else { return names.push("down=none") };
        names.push(bin(down as f32, &[(0.5, "down=0"), (1.5, "down=1"), (2.5, "down=2"), (4.5, "down<5"), (ALL, "down>4")]));
        let steps = [(0.5, "up=0"), (1.5, "up=1"), (2.5, "up=2"), (3.5, "up=3"), (5.5, "up<6"), (ALL, "up>5")];
        names.push(bin(up as f32, &steps));
    }

    /// What the largest box around the line holds.
    fn name_box(&self, markup: &Markup, names: &mut Vec<&'static str>) {
        let around = self.climb(markup).filter_map(|element| self.within.get(element as usize));
        let Some(own) = around.take_while(|group| group.chars < BOX * self.total).last() else { return names.push("box=none") };
        let size = [
            (1.5, "box-lines=1"),
            (2.5, "box-lines=2"),
            (4.5, "box-lines<5"),
            (9.5, "box-lines<10"),
            (30.0, "box-lines<30"),
            (ALL, "box-lines>29"),
        ];
        names.push(bin(own.lines as f32, &size));
        let share = [(0.001, "box=0"), (0.05, "box<.05"), (0.2, "box<.2"), (ALL, "box>.2")];
        names.push(bin(own.chars / self.total, &share));
        let links = [(0.01, "box-links=0"), (0.3, "box-links<.3"), (0.7, "box-links<.7"), (ALL, "box-links>.7")];
        names.push(bin(own.share(own.linked), &links));
        let content = [(0.01, "box-content=0"), (0.5, "box-content<.5"), (0.99, "box-content<1"), (ALL, "box-content=1")];
        names.push(bin(own.share(own.content), &content));
    }

    /// The element of the line and those around it.
    fn climb(&self, markup: &Markup) -> impl Iterator<Item = u32> {
        let outward = |element: &u32| Some(self.up(*element)).filter(|up| up != element);
        std::iter::successors(Some(markup.block), outward).take(STEPS)
    }

    /// The element that the line stands in as one of several: its own where that is a mere box, else the one around it.
    fn home(&self, markup: &Markup) -> u32 {
        if markup.tag == Tag::Other { markup.block } else { self.up(markup.block) }
    }

    fn up(&self, element: u32) -> u32 {
        self.parents.get(element as usize).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::page::Line;
    use crate::text::Span;

    const PROSE: &str = "The board said on Monday that the levy on freight will fall by a third before the end of the year.";

    /// A page with the article in one place (element 7), a teaser in a box between its paragraphs (11) and a list of links beside it (2).
    fn page() -> Page {
        let mut page = Page { parents: vec![0, 0, 1, 2, 2, 2, 2, 0, 7, 7, 7, 7, 11, 7], ..Page::default() };
        for (text, tag, block, path) in [
            ("Harbour news", Tag::ListItem, 3, 1),
            ("Town news", Tag::ListItem, 4, 1),
            ("Sports news", Tag::ListItem, 5, 1),
            ("Old news", Tag::ListItem, 6, 1),
            (PROSE, Tag::Paragraph, 8, 2),
            (PROSE, Tag::Paragraph, 9, 2),
            (PROSE, Tag::Paragraph, 10, 2),
            ("Read what we wrote in May.", Tag::Paragraph, 12, 3),
            ("Talks go on.", Tag::Paragraph, 13, 2),
        ] {
            let links = if tag == Tag::ListItem { 1.0 } else { 0.0 };
            let markup = Markup { tag, links, block, path, kind: path % 3, content: block > 7, ..Markup::default() };
            let start = page.raw.len();
            page.raw.push_str(text);
            page.lines.push(Line { span: Span::new(start, page.raw.len()), gap: false, markup: Some(markup) });
            page.raw.push('\n');
        }
        page
    }

    /// The features of the first line that begins with `start`.
    fn names(start: &str) -> Vec<&'static str> {
        let page = page();
        let mut lowered = String::new();
        let facts = Facts::all(&page, &mut lowered);
        let tree = Tree::of(&page, &facts);
        let mut names = Vec::new();
        let line = page.lines.iter().find(|line| line.span.of(&page.raw).starts_with(start));
        line.and_then(|line| line.markup.as_ref()).into_iter().for_each(|markup| tree.name(markup, &mut names));
        names
    }

    fn has(start: &str, wanted: &[&str]) {
        let names = names(start);
        for name in wanted {
            assert!(names.contains(name), "{start}: no {name} in {names:?}");
        }
    }

    #[test]
    fn a_short_line_marked_up_like_the_article_is_told_by_its_place() {
        has("Talks go on.", &["home>.7", "kind>.9", "path>.7", "kind-prose>.7", "up=1", "down=0"]);
    }

    #[test]
    fn a_box_within_the_article_is_a_box() {
        has("Read what", &["home=0", "path=0", "path-lines=1", "up=2", "down=0", "box=0", "box-lines=1", "box-links=0"]);
    }

    #[test]
    fn links_beside_the_article_stand_in_a_box_of_links() {
        has("Harbour news", &["home=0", "path=0", "path-links>.7", "box-lines<5", "box-links>.7", "down=1"]);
    }
}
