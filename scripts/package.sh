#!/usr/bin/env bash
# Builds a static byline (glibc linked in: byline looks no names up, so nothing needs the shared one), packs it into a .deb with its manual,
# completions and licences, installs that with dpkg into an empty root, runs it there, removes it again, and tells the sizes. Needs dpkg.
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
mkdir -p "$root"/var/lib/dpkg/{info,updates}
touch "$root/var/lib/dpkg/status"
manage() { dpkg --root="$root" --log=/dev/null --force-not-root --force-bad-path "$@"; }
manage --install "$tree.deb" > /dev/null
manage --status byline | grep -q "^Status: install ok installed"
# Nothing else is there: where one may change the root, the program runs without a single library. Its output is taken whole, since
# `grep -q` closes the pipe at the first hit.
installed=(env -i "$root/usr/bin/byline")
if [[ $(id -u) == 0 ]]; then installed=(env -i "$(command -v chroot)" "$root" /usr/bin/byline); fi
text=$(printf 'The harbour board met on Monday, its chair said.\n' | "${installed[@]}" --format text)
[[ $text == *"harbour board"* ]]
json=$("${installed[@]}" --format jsonl - < assets/sample.txt)
[[ $json == *'"claims":[{'* ]]
bash -n "$root/usr/share/bash-completion/completions/byline"
for shell in zsh:zsh/vendor-completions/_byline fish:fish/vendor_completions.d/byline.fish; do
    if command -v "${shell%%:*}" > /dev/null; then "${shell%%:*}" -n "$root/usr/share/${shell#*:}"; fi
done
if command -v man > /dev/null; then
    page=$(MANWIDTH=80 man --local-file "$root/usr/share/man/man1/byline.1.gz" 2>&1)
    [[ $page == *"--format"* ]]
fi
manage --remove byline > /dev/null
[[ ! -e $root/usr/bin/byline ]]
printf 'binary %s bytes, package %s bytes\n' "$(stat -c %s "$binary")" "$(stat -c %s "$tree.deb")"
