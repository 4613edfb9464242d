# How the time grows with the number of rows: t = a · rows^exponent, by least squares over the logarithms.
# shellcheck shell=bash
# shellcheck disable=SC2154  # the variables are those of bench

# print_growth FILE: lines of work|rows|seconds|cpu seconds|…, small sizes first; works measured at two sizes or more.
# What 100 million rows would take is reckoned from the two largest sizes, and never as less than proportional: at
# small sizes much of the time is the start, which is no reason to hope for more.
print_growth() {
  printf '\n%s%-38s %9s %9s %12s  %s%s\n' "$bold" 'growth: exponent of' seconds 'cpu s' '100M, in s' \
    'seconds by rows (goal ≤1.05)' "$plain"
  awk -F '|' '
    function slope(n, x, y, xx, xy) { return n * xx == x * x ? 0 : (n * xy - x * y) / (n * xx - x * x) }
    {
      if (!($1 in n)) order[++works] = $1
      lx = log($2); ly = log($3); lz = log($4 > 0 ? $4 : 0.01)
      n[$1]++; x[$1] += lx; xx[$1] += lx * lx
      y[$1] += ly; xy[$1] += lx * ly; z[$1] += lz; xz[$1] += lx * lz
      seen[$1] = seen[$1] "  " $2 ": " $3
      last = ($1 in rows) && $2 > rows[$1] ? log($3 / took[$1]) / log($2 / rows[$1]) : 1
      reckoned[$1] = $3 * exp((last > 1 ? last : 1) * log(100000000 / $2))
      rows[$1] = $2; took[$1] = $3
    }
    END {
      for (i = 1; i <= works; i++) {
        w = order[i]
        if (n[w] > 1) {
          e = slope(n[w], x[w], y[w], xx[w], xy[w])
          printf "%-38s %9.2f %9.2f %12.0f %s  %s\n", w, e, slope(n[w], x[w], z[w], xx[w], xz[w]), reckoned[w], seen[w], e <= 1.05 ? "yes" : "NO"
        }
      }
    }' "$1"
}

# growth_json FILE: the same figures as JSON.
growth_json() {
  awk -F '|' '{ printf "%s\n{\"work\":\"%s\",\"rows\":%s,\"seconds\":%s,\"cpuSeconds\":%s}", (NR > 1 ? "," : ""), $1, $2, $3, $4 }' "$1"
}
