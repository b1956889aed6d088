#include "src/engine/reader.h"

static int give_tokens(const struct token_list *list, trawl_token_callback *each, void *context)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct token *token = &list->tokens[i];
        const struct trawl_token shown = {
            .term = (const char *)token->term,
            .term_length = token->term_length,
            .position = token->position,
            .start = token->start,
            .end = token->end,
        };
        if (each(context, &shown))
            return TRAWL_ERROR_CANCELLED;
    }
    return 0;
}

static int analyze_with(const struct analyzer *analyzer, const char *text, size_t length, trawl_token_callback *each,
                        void *context, struct trawl_error *error)
{
    struct analysis *analysis;
    struct token_list list;
    struct arena arena;
    int status = analysis_new(&analysis, analyzer, error);
    if (status)
        return status;
    arena_init(&arena);
    status = analysis_text(&list, analysis, (const uint8_t *)text, length, WORD_STEMMED, &arena, error);
    if (status == 0)
        status = give_tokens(&list, each, context);
    arena_release(&arena);
    analysis_free(analysis);
    return status;
}

int trawl_analyze(trawl_snapshot *snapshot, const char *language, const char *text, size_t length,
                  trawl_token_callback *each, void *context, struct trawl_error *error)
{
    error_begin(error);
    struct analyzer *analyzer;
    if (snapshot)
        return analyze_with(snapshot->analyzer, text, length, each, context, error);
    int status = analyzer_new(&analyzer, language ? language : "english", error);
    if (status)
        return status;
    status = analyze_with(analyzer, text, length, each, context, error);
    analyzer_free(analyzer);
    return status;
}
