using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.Trainer.Autograd;

/// <summary>The memory of one step of an eager tape.</summary>
internal sealed class EagerBuffers<T>(EagerExecutor<T> executor, TraceStep step, Shape[] shapes, Shape outputShape) : IFunctionBuffers<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _workspace = new T[step.Function.WorkspaceLength(shapes)];
    private T[]? _scratch;

    /// <summary>The visit of backward that runs.</summary>
    public BackwardStep? Visit { get; set; }

    public int InputCount => shapes.Length;

    public Shape OutputShape => outputShape;

    public Span<T> Output => executor.ValueSpan(step.Output);

    public ReadOnlySpan<T> OutputGradient => executor.ValueGradient(step.Output);

    public Span<T> Workspace => _workspace;

    public Span<T> Scratch => _scratch ??= new T[step.Function.ScratchLength(shapes)];

    public Shape InputShape(int input) => shapes[input];

    public ReadOnlySpan<T> Input(int input) => executor.ValueSpan(step.Inputs[input]);

    public Span<T> State(int input) => step.Function.UpdatesInput(input)
        ? executor.ValueSpan(step.Inputs[input])
        : throw new InvalidOperationException($"{step.Function.Name}: input {input} is not one that UpdatesInput names; it cannot be changed.");

    public bool NeedsGradient(int input) => Visit is not null && Visit.Needs[input];

    public Span<T> InputGradient(int input) => executor.ValueGradient(step.Inputs[input]);

    public bool Accumulates(int input) => Visit is not null && Visit.Accumulates[input];
}
