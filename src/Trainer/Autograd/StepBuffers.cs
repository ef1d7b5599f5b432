using Toolkit.Numerics;

namespace Toolkit.Trainer.Autograd;

/// <summary>The memory of one step of a program: slices fixed when it was planned.</summary>
internal sealed class StepBuffers : IFunctionBuffers<float>
{
    public required Function Function { get; init; }

    public required Shape OutputShape { get; init; }

    public required Shape[] InputShapes { get; init; }

    public required BufferSlice[] Inputs { get; init; }

    public required BufferSlice OutputSlice { get; init; }

    public required BufferSlice WorkspaceSlice { get; init; }

    public BufferSlice ScratchSlice { get; init; }

    public BufferSlice OutputGradientSlice { get; init; }

    public BufferSlice[] InputGradients { get; init; } = [];

    public BackwardStep? Visit { get; init; }

    public int InputCount => InputShapes.Length;

    public Span<float> Output => OutputSlice.Span;

    public ReadOnlySpan<float> OutputGradient => OutputGradientSlice.Span;

    public Span<float> Workspace => WorkspaceSlice.Span;

    public Span<float> Scratch => ScratchSlice.Span;

    public Shape InputShape(int input) => InputShapes[input];

    public ReadOnlySpan<float> Input(int input) => Inputs[input].Span;

    public Span<float> State(int input) => Function.UpdatesInput(input)
        ? Inputs[input].Span
        : throw new InvalidOperationException($"{Function.Name}: input {input} is not one that UpdatesInput names; it cannot be changed.");

    public bool NeedsGradient(int input) => Visit is not null && Visit.Needs[input];

    public Span<float> InputGradient(int input) => InputGradients[input].Span;

    public bool Accumulates(int input) => Visit is not null && Visit.Accumulates[input];
}
