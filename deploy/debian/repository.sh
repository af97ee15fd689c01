#!/bin/sh
# repository.sh FOLDER KEY PACKAGE...: adds packages to the signed apt repository FOLDER, which is made if it is not there.
# KEY is a secret key's name for gpg; its public half is put beside as tinwatch.asc. Packages that are there stay.
set -eu
folder=$1 key=$2
shift 2
suite=bookworm pool=pool/main/t/tinwatch
umask 022

mkdir -p "$folder/$pool"
cp "$@" "$folder/$pool/"
cd "$folder"
gpg --batch --yes --armor --export-options export-minimal --output tinwatch.asc --export "$key"

rm -rf new
for architecture in $(for deb in "$pool"/*.deb; do dpkg-deb -f "$deb" Architecture; done | sort -u); do
  list=new/main/binary-$architecture
  mkdir -p "$list"
  apt-ftparchive --arch "$architecture" -o APT::FTPArchive::MD5=false -o APT::FTPArchive::SHA1=false packages pool >"$list/Packages"
  gzip -9nk "$list/Packages"
done
architectures=$(cd new/main && echo binary-* | sed 's/binary-//g')
apt-ftparchive -o APT::FTPArchive::MD5=false -o APT::FTPArchive::SHA1=false \
  -o APT::FTPArchive::Release::Origin=Tinwatch -o APT::FTPArchive::Release::Label=Tinwatch \
  -o APT::FTPArchive::Release::Suite=$suite -o APT::FTPArchive::Release::Codename=$suite \
  -o APT::FTPArchive::Release::Components=main -o APT::FTPArchive::Release::Architectures="$architectures" \
  release new >Release.new
mv Release.new new/Release
gpg --batch --yes --local-user "$key" --clear-sign --output new/InRelease new/Release
gpg --batch --yes --local-user "$key" --armor --detach-sign --output new/Release.gpg new/Release
# What is served meanwhile is the old or the new lists, not a mixture.
mkdir -p dists
rm -rf old
[ ! -d dists/$suite ] || mv dists/$suite old
mv new dists/$suite
rm -rf old
