using System.Runtime.InteropServices;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>What a kernel runs on: tensors that the planner has placed and checked. Null is an omitted one.</summary>
internal readonly ref struct KernelArguments(ReadOnlySpan<Tensor?> inputs, ReadOnlySpan<Tensor?> outputs, Span<byte> scratch, WorkerPool workers)
{
    private readonly ReadOnlySpan<Tensor?> _inputs = inputs;
    private readonly ReadOnlySpan<Tensor?> _outputs = outputs;
    private readonly Span<byte> _scratch = scratch;

    /// <summary>The threads to use.</summary>
    public WorkerPool Workers { get; } = workers;

    /// <summary>The number of inputs, omitted ones at the end not counted.</summary>
    public int InputCount => _inputs.Length;

    /// <summary>The number of outputs, unwanted ones included.</summary>
    public int OutputCount => _outputs.Length;

    /// <summary>Whether the node has this input.</summary>
    public bool HasInput(int index) => index < _inputs.Length && _inputs[index] is not null;

    /// <summary>Whether somebody wants this output.</summary>
    public bool HasOutput(int index) => index < _outputs.Length && _outputs[index] is not null;

    /// <summary>An input that the operator requires or that is there.</summary>
    public Tensor InputTensor(int index) => _inputs[index]!;

    /// <summary>An output that somebody wants.</summary>
    public Tensor OutputTensor(int index) => _outputs[index]!;

    /// <summary>The elements of an input; those of a narrow type as their codes.</summary>
    public ReadOnlySpan<T> Input<T>(int index) => _inputs[index]!.StorageAs<T>();

    /// <summary>The elements of an output; those of a narrow type as their codes.</summary>
    public Span<T> Output<T>(int index) => _outputs[index]!.StorageAs<T>();

    /// <summary>The shape of an input.</summary>
    public Shape InputShape(int index) => _inputs[index]!.Shape;

    /// <summary>The shape of an output.</summary>
    public Shape OutputShape(int index) => _outputs[index]!.Shape;

    /// <summary>The scratch memory that the kernel asked for; it holds anything.</summary>
    public Span<T> Scratch<T>(int count)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(_scratch)[..count];
}
