using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.Trainer.Autograd;

/// <summary>The memory behind a <see cref="FunctionContext{T}"/>: the eager tape's, or a replayed program's.</summary>
internal interface IFunctionBuffers<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    int InputCount { get; }

    Shape OutputShape { get; }

    Span<T> Output { get; }

    ReadOnlySpan<T> OutputGradient { get; }

    Span<T> Workspace { get; }

    Span<T> Scratch { get; }

    Shape InputShape(int input);

    ReadOnlySpan<T> Input(int input);

    Span<T> State(int input);

    bool NeedsGradient(int input);

    Span<T> InputGradient(int input);

    bool Accumulates(int input);
}
