using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.Trainer.Autograd;

/// <summary>What a <see cref="Function"/> sees of one application of it: values, gradients, workspace, threads.</summary>
/// <typeparam name="T">The element type.</typeparam>
public readonly ref struct FunctionContext<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IFunctionBuffers<T> _buffers;

    internal FunctionContext(IFunctionBuffers<T> buffers, WorkerPool workers, bool isTraining, ulong step)
    {
        _buffers = buffers;
        Workers = workers;
        IsTraining = isTraining;
        Step = step;
    }

    /// <summary>The threads to compute with.</summary>
    public WorkerPool Workers { get; }

    /// <summary>Whether this is a training step: dropout drops, batch statistics are taken.</summary>
    public bool IsTraining { get; }

    /// <summary>The number of the training step, for counter-based randomness.</summary>
    public ulong Step { get; }

    /// <summary>The number of inputs.</summary>
    public int InputCount => _buffers.InputCount;

    /// <summary>The output's shape.</summary>
    public Shape OutputShape => _buffers.OutputShape;

    /// <summary>The output's values.</summary>
    public Span<T> Output => _buffers.Output;

    /// <summary>The gradient of the loss by the output; backward only.</summary>
    public ReadOnlySpan<T> OutputGradient => _buffers.OutputGradient;

    /// <summary>What forward left for backward.</summary>
    public Span<T> Workspace => _buffers.Workspace;

    /// <summary>Memory for backward alone; holds anything at its start.</summary>
    public Span<T> Scratch => _buffers.Scratch;

    /// <summary>An input's shape.</summary>
    public Shape InputShape(int input) => _buffers.InputShape(input);

    /// <summary>An input's values.</summary>
    public ReadOnlySpan<T> Input(int input) => _buffers.Input(input);

    /// <summary>
    /// An input that forward changes in training (<see cref="Function.UpdatesInput"/>): the parameter's own memory on a float32 tape and
    /// in a program, so that the change lasts; a copy on a float64 tape, so that a gradient check leaves the model as it was.
    /// </summary>
    public Span<T> State(int input) => _buffers.State(input);

    /// <summary>Whether somebody needs the gradient of this input.</summary>
    public bool NeedsGradient(int input) => _buffers.NeedsGradient(input);

    /// <summary>Where this input's gradient goes.</summary>
    public Span<T> InputGradient(int input) => _buffers.InputGradient(input);

    /// <summary>Whether to add to this input's gradient (another consumer has written to it) instead of filling it.</summary>
    public bool Accumulates(int input) => _buffers.Accumulates(input);
}
