#!/usr/bin/env bash
# Builds a static byline (glibc linked in: byline looks no names up, so nothing needs the shared one), packs it into a .deb with its manual,
# completions and licences, installs that into an empty root, runs it there, and tells the sizes. Needs dpkg-deb.
set -euo pipefail
cd "$(dirname "$0")/.."
target=x86_64-unknown-linux-gnu
out=target/package
RUSTFLAGS="-C target-feature=+crt-static" cargo build --release --target $target "$@"
binary=target/$target/release/byline
if ldd "$binary" 2>&1 | grep -q "=>"; then echo "the binary is not static" >&2; exit 1; fi

version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
tree=$out/byline_${version}_amd64
rm -rf "$out"
install -D "$binary" "$tree/usr/bin/byline"
share=$tree/usr/share
mkdir -p "$share"/{man/man1,bash-completion/completions,zsh/vendor-completions,fish/vendor_completions.d,doc/byline} "$tree/DEBIAN"
"$binary" --man | gzip -9n > "$share/man/man1/byline.1.gz"
"$binary" --completions bash > "$share/bash-completion/completions/byline"
"$binary" --completions zsh > "$share/zsh/vendor-completions/_byline"
"$binary" --completions fish > "$share/fish/vendor_completions.d/byline.fish"
cp README.md LICENSE-MIT LICENSE-APACHE assets/MODEL_CARD.md "$share/doc/byline/"
cat > "$tree/DEBIAN/control" <<CONTROL
Package: byline
Version: $version
Section: text
Priority: optional
Architecture: amd64
Installed-Size: $(du -sk "$tree/usr" | cut -f1)
Maintainer: byline <byline@localhost>
Description: terminal reader for news that shows who says so
 Shows the cleaned article beside its entities, its sources with attributed
 claims, and the timeline of events. Offline, in one binary.
CONTROL
dpkg-deb --root-owner-group --build "$tree" > /dev/null

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
dpkg-deb --extract "$tree.deb" "$root"
printf 'The harbour board met on Monday, its chair said.\n' | env -i "$root/usr/bin/byline" --format text | grep -q "harbour board"
env -i "$root/usr/bin/byline" --format jsonl assets/sample.txt < /dev/null | grep -q '"claims":\[{'
printf 'binary %s bytes, package %s bytes\n' "$(stat -c %s "$binary")" "$(stat -c %s "$tree.deb")"
