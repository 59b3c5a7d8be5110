#!/bin/sh
# install.sh URL [FOLDER]: installs the aggctl of a release at that address as aggctl and kubectl-aggctl, into ~/.local/bin or FOLDER.
# Installs nothing whose SHA-256 is not the one in SHA256SUMS.
set -eu

url=${1:?usage: install.sh URL [FOLDER]}
folder=${2:-$HOME/.local/bin}

fail() { echo "install.sh: $*" >&2; exit 1; }
case $(uname -s) in Linux) system=linux ;; Darwin) system=darwin ;; *) fail "no executable for $(uname -s)" ;; esac
case $(uname -m) in x86_64 | amd64) machine=x64 ;; aarch64 | arm64) machine=arm64 ;; *) fail "no executable for $(uname -m)" ;; esac
archive=aggctl-$system-$machine.tar.gz

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for name in SHA256SUMS "$archive"; do
  curl -fsSL --output "$work/$name" "$url/$name" || fail "cannot download $url/$name"
done

cd "$work"
grep "  $archive\$" SHA256SUMS >sum || fail "SHA256SUMS does not name $archive"
if command -v sha256sum >/dev/null; then sha256sum -c sum; else shasum -a 256 -c sum; fi >/dev/null ||
  fail "$archive does not have the SHA-256 that SHA256SUMS names; nothing was installed"

tar -xzf "$archive" aggctl
mkdir -p "$folder"
# A running aggctl keeps the file that it runs from.
cp aggctl "$folder/.aggctl.new"
chmod 755 "$folder/.aggctl.new"
# macOS runs no arm64 program without a signature, if only one of this machine.
[ "$system" = linux ] || codesign --force --sign - "$folder/.aggctl.new"
mv -f "$folder/.aggctl.new" "$folder/aggctl"
ln -sf aggctl "$folder/kubectl-aggctl"
# kubectl asks it how to complete its plugin.
ln -sf aggctl "$folder/kubectl_complete-aggctl"
echo "installed aggctl $("$folder/aggctl" --version) as $folder/aggctl and $folder/kubectl-aggctl"
