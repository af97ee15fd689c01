# What --version, tinwatch_build_info and the package call this build.
#
# tinwatch_version(FOLDER RELEASE) sets in the caller's scope, from the commit that is checked out in FOLDER:
#   TINWATCH_REVISION  the commit, with -dirty when files differ from it; "unknown" outside of git
#   TINWATCH_VERSION   RELEASE+git<day of the commit>.<commits up to it>.<revision>; RELEASE outside of git
#   TINWATCH_DATE      the commit's time, RFC 5322 (of Debian's changelog)
# The day and the number make dpkg sort a build after all builds of the commits before: commits of one second differ in their
# number, a rewritten history that has fewer of them in its days.
function(tinwatch_version folder release)
  function(git variable)
    execute_process(COMMAND ${CMAKE_COMMAND} -E env TZ=UTC LC_ALL=C git -C ${folder} ${ARGN}
      OUTPUT_VARIABLE answer OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    set(${variable} "${answer}" PARENT_SCOPE)
  endfunction()
  git(revision describe --always --dirty --abbrev=12 --exclude=*)
  git(commits rev-list --count HEAD)
  git(day log -1 --date=format-local:%Y%m%d --format=%cd)
  git(date log -1 --date=rfc-local --format=%cd)
  set(version ${release})
  if(revision AND commits)
    string(REPLACE "-" "." suffix ${revision})  # a hyphen would begin Debian's own revision
    string(APPEND version "+git${day}.${commits}.${suffix}")
  else()
    set(revision unknown)
    string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
  endif()
  set(TINWATCH_REVISION ${revision} PARENT_SCOPE)
  set(TINWATCH_VERSION ${version} PARENT_SCOPE)
  set(TINWATCH_DATE ${date} PARENT_SCOPE)
endfunction()
