package scenarios

import (
	"context"
	"time"

	"droppoint.dev/go-comparison/trace"
)

// {{Type}} is what the programs act on. The caller
//
//  1. waits 10 ms, and then the work is done.
type {{Type}} struct {
	done *trace.Set
}

// Plain ignores ctx.
func (w *{{Type}}) Plain(ctx context.Context) error {
	trace.At(ctx, 1)
	time.Sleep(10 * time.Millisecond)
	w.done.Add(ctx, "work")
	return nil
}

// --- how they are started ---

type {{var}}Func func(*{{Type}}, context.Context) error

var {{var}} = programs(new{{Type}}, map[string]{{var}}Func{
	"plain": (*{{Type}}).Plain,
})

func new{{Type}}(env *trace.Env, call {{var}}Func) Handler {
	w := &{{Type}}{done: env.Set("done")}
	return func(ctx context.Context, _ string) (string, error) {
		return "done", call(w, ctx)
	}
}
