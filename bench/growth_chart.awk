# Points to charts: reads lines of panel, scale of y ("log" or "linear"), series, x,
# y, tabs between, and writes one SVG, two panels a row, x logarithmic. Nothing but awk is needed.

function log10(value) { return log(value) / log(10) }
function floor(value,    whole) { whole = int(value); return whole > value ? whole - 1 : whole }

# A number in few characters: 1.5k, 230, 4.2
function short(value) {
    if (value >= 1e6) return sprintf("%.3gM", value / 1e6)
    if (value >= 1e4) return sprintf("%.3gk", value / 1e3)
    if (value >= 100) return sprintf("%.0f", value)
    return sprintf("%.3g", value)
}

function place_x(x) { return left + (log10(x) - low_x) / (high_x - low_x) * width }
function place_y(y,    at) { at = is_log ? log10(y) : y; return top + height - (at - low_y) / (high_y - low_y) * height }

# Where the axes of a panel begin and end.
function measure(panel,    i, at) {
    low_y = low_x = 1e30
    high_y = high_x = -1e30
    for (i = 1; i <= count; i++) {
        if (panels[i] != panel)
            continue
        at = is_log ? log10(ys[i]) : ys[i]
        if (at < low_y) low_y = at
        if (at > high_y) high_y = at
        if (log10(xs[i]) < low_x) low_x = log10(xs[i])
        if (log10(xs[i]) > high_x) high_x = log10(xs[i])
    }
    if (is_log) { low_y = floor(low_y - 0.05); high_y = -floor(-high_y - 0.05) }
    else { low_y = 0; high_y *= 1.25 }
    if (high_y <= low_y) high_y = low_y + 1
    low_x -= 0.12; high_x += 0.12
}

function grid_line(y) {
    printf "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>", left, left + width, place_y(y), place_y(y)
    printf "<text class=\"tick\" text-anchor=\"end\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", left - 6, place_y(y) + 4, short(y)
}

function axes(panel,    power, step, y, i, done) {
    printf "<text class=\"name\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", left - 40, top - 14, panel
    if (is_log)
        for (power = low_y; power <= high_y; power++)
            grid_line(10 ^ power)
    else {
        step = 10 ^ floor(log10(high_y))
        if (high_y / step > 6) step *= 2
        else if (high_y / step < 3) step /= 2
        for (y = 0; y <= high_y; y += step)
            grid_line(y)
    }
    for (i = 1; i <= count; i++)
        if (panels[i] == panel && !(xs[i] in done)) {
            done[xs[i]] = 1
            printf "<text class=\"tick\" text-anchor=\"middle\" x=\"%.1f\" y=\"%.1f\">%s MB</text>\n", place_x(xs[i]), top + height + 17, short(xs[i])
        }
}

function curve(panel, one, color,    i, path, x, y) {
    path = ""
    printf "<g class=\"s%d\">", color
    for (i = 1; i <= count; i++) {
        if (panels[i] != panel || series[i] != one)
            continue
        x = place_x(xs[i])
        y = place_y(ys[i])
        path = path sprintf("%s%.1f %.1f", path == "" ? "M" : "L", x, y)
        printf "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"><title>%s %s</title></circle>", x, y, one, short(ys[i])
        if (one == "")
            printf "<text class=\"tick\" text-anchor=\"middle\" x=\"%.1f\" y=\"%.1f\">%s</text>", x, y - 9, short(ys[i])
    }
    printf "<path d=\"%s\"/>", path
    if (one != "")
        printf "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\">%s</text>", left + 8, top + 12 + 14 * color, one
    print "</g>"
}

function panel_of(number,    i, color, drawn) {
    left = 60 + 420 * ((number - 1) % 2)
    top = 50 + 250 * int((number - 1) / 2)
    width = 340
    height = 170
    is_log = scales[names[number]] == "log"
    measure(names[number])
    axes(names[number])
    for (i = 1; i <= count; i++)
        if (panels[i] == names[number] && !(series[i] in drawn)) {
            drawn[series[i]] = 1
            curve(names[number], series[i], color++)
        }
}

$4 > 0 && $5 > 0 {
    count++
    panels[count] = $1; series[count] = $3; xs[count] = $4 + 0; ys[count] = $5 + 0
    if (!($1 in scales)) { scales[$1] = $2; names[++name_count] = $1 }
}

END {
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 860 %d\" font-family=\"system-ui, sans-serif\">\n", 30 + 250 * int((name_count + 1) / 2)
    print "<style>svg{background:#fff;--ink:#1c2128;--quiet:#5b6470;--line:#dde1e6;--a:#2563c9;--b:#d4570a;--c:#26834a;--d:#8d3bb0;--e:#0a7c8f}"
    print "@media (prefers-color-scheme:dark){svg{background:#1c2026;--ink:#e5e8ec;--quiet:#98a2ae;--line:#323842;--a:#6fa3f5;--b:#f5953d;--c:#5cc983;--d:#c98be6;--e:#46c3d6}}"
    print ".grid{stroke:var(--line)}.tick{fill:var(--quiet);font-size:11.5px}.name{fill:var(--ink);font-size:13.5px;font-weight:600}"
    print "path{fill:none;stroke:currentColor;stroke-width:2}circle{fill:currentColor}g .tick{fill:currentColor}"
    print ".s0{color:var(--a)}.s1{color:var(--b)}.s2{color:var(--c)}.s3{color:var(--d)}.s4{color:var(--e)}</style>"
    for (i = 1; i <= name_count; i++)
        panel_of(i)
    print "</svg>"
}
