using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// A node, prepared: element types are checked, constant weights are packed. Immutable once made, so that any number of plans and
/// threads may share it; what depends on the run is in <see cref="KernelArguments"/>.
/// </summary>
internal abstract class OperatorKernel
{
    /// <summary>Whether equal inputs always give equal outputs, so that the node may be computed once, ahead of the run.</summary>
    public virtual bool IsPure => true;

    /// <summary>
    /// Whether the first output is the bytes of the first input under another shape: the planner then gives both one memory
    /// and need not run the kernel.
    /// </summary>
    public virtual bool IsView => false;

    /// <summary>Whether the first output may be written over this input, element by element, when nothing else reads it any more.</summary>
    public virtual bool CanOverwrite(int input) => false;

    /// <summary>
    /// The shapes of the outputs, for an operator whose definition leaves them open until its inputs' values are known (NonZero). The run
    /// takes memory for them then. Null: they follow from the inputs' shapes, or from values that inference reads.
    /// </summary>
    /// <exception cref="ArgumentException">An input's value is out of its range.</exception>
    public virtual SymbolicShape[]? FindShapes(ReadOnlySpan<Tensor?> inputs) => null;

    /// <summary>The kernel for inputs of these shapes, where it depends on them: a plan asks once.</summary>
    public virtual OperatorKernel For(ReadOnlySpan<Shape> inputs) => this;

    /// <summary>Bytes of scratch memory that <see cref="Run"/> needs for tensors of these shapes; the planner finds room for it in the arena.</summary>
    public virtual long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => 0;

    /// <summary>Computes the outputs. Allocates nothing.</summary>
    /// <exception cref="ArgumentException">A value, such as an index, that only the run knows is out of its range.</exception>
    public abstract void Run(in KernelArguments arguments);
}
