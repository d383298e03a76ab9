//! Features of what the markup says of a line.

use super::{ALL, bin};
use crate::article::clean::Facts;
use crate::article::page::{Markup, Region, Tag};

/// What the markup says.
pub(super) fn name(markup: &Markup, facts: &Facts, names: &mut Vec<&'static str>) {
    names.push(match markup.tag {
        Tag::Other => "tag=other",
        Tag::Paragraph => "tag=p",
        Tag::Heading(1) => "tag=h1",
        Tag::Heading(2) => "tag=h2",
        Tag::Heading(_) => "tag=h3",
        Tag::ListItem => "tag=li",
        Tag::Quote => "tag=quote",
        Tag::Caption => "tag=caption",
        Tag::Cell => "tag=cell",
        Tag::Time => "tag=time",
        Tag::Button => "tag=button",
    });
    names.push(if markup.content { "content" } else { "no-content" });
    let links = [(0.01, "links=0"), (0.25, "links<.25"), (0.6, "links<.6"), (0.95, "links<.95"), (ALL, "links=1")];
    names.push(bin(markup.links, &links));
    names.push(bin(markup.styled, &[(0.01, "styled=0"), (0.9, "styled<.9"), (ALL, "styled=1")]));
    names.extend(Region::ALL.iter().filter(|(region, _)| markup.within.has(*region)).map(|(_, name)| *name));
    names.extend((markup.links > 0.9 && facts.chars >= 20 && !facts.closes()).then_some("link-line"));
    names.extend((markup.links > 0.9 && facts.words >= 3 && facts.shouted == facts.words).then_some("shouted-link"));
    names.extend((markup.content && facts.is_prose()).then_some("content-prose"));
    names.extend((markup.content && markup.tag == Tag::Paragraph && markup.links < 0.5).then_some("content-p"));
}
