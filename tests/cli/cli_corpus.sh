#!/bin/sh
# The demonstration corpus: every query of corpus/queries.tsv finds the
# documents that stand beside it, and no others.

. "${top_srcdir:-.}/tests/cli/fixture.sh"
cd "$top_srcdir" || exit 99

exits 'the corpus is indexed' 0 "$trawl" index -i "$folder/index" corpus
TRAWL_INDEX=$folder/index
export TRAWL_INDEX
exits 'and is sound' 0 "$trawl" verify

grep -v '^#' corpus/queries.tsv > "$folder/queries"
cut -f 1 "$folder/queries" | "$trawl" search --batch - --format ids -n all --stopwords none > "$folder/found" 2> "$folder/err"
is 'no query has a complaint' "$(cat "$folder/err")" ''

# An answer is the ids up to an empty line; sorted and joined as the file has them.
LC_ALL=C awk '
    function sorted(list, count,    i, j, swap, text) {
        for (i = 2; i <= count; i++)
            for (j = i; j > 1 && list[j] < list[j - 1]; j--) {
                swap = list[j]; list[j] = list[j - 1]; list[j - 1] = swap
            }
        for (i = 1; i <= count; i++)
            text = text (i > 1 ? "," : "") list[i]
        return text
    }
    /^$/ { print sorted(ids, count); count = 0; next }
    { ids[++count] = $0 }' "$folder/found" > "$folder/answers"
is 'every query has an answer' "$(wc -l < "$folder/answers" | tr -d ' ')" "$(wc -l < "$folder/queries" | tr -d ' ')"

tab=$(printf '\t')
exec 3< "$folder/answers"
while IFS= read -r line; do
    query=${line%%"$tab"*}
    case $line in
        *"$tab"*) expected=${line#*"$tab"} ;;
        *) expected= ;;
    esac
    IFS= read -r found <&3
    is "$query" "$(printf '%s\n' "$found" | tr ',' '\n')" "$(printf '%s\n' "$expected" | tr ',' '\n' | sort)"
done < "$folder/queries"

done_testing
