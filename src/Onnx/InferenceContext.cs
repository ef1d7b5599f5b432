using Toolkit.Numerics;

namespace Toolkit.Onnx;

/// <summary>What is known of one node's inputs while its outputs' types and shapes are inferred.</summary>
public abstract class InferenceContext
{
    /// <summary>The number of inputs, omitted ones at the end not counted.</summary>
    public abstract int InputCount { get; }

    /// <summary>The element type of an input; <see cref="ElementType.Undefined"/> where it is omitted or not known.</summary>
    public abstract ElementType Type(int input);

    /// <summary>The shape of an input; null where it is omitted or its rank is not known.</summary>
    public abstract SymbolicShape? Shape(int input);

    /// <summary>The value of an input where it is a constant; null otherwise.</summary>
    public abstract Tensor? Constant(int input);

    /// <summary>Sets an output's type and shape.</summary>
    public abstract void SetOutput(int output, ElementType type, SymbolicShape? shape);

    /// <summary>Checks the number of inputs.</summary>
    public abstract void RequireInputs(int min, int max);

    /// <summary>Checks the rank of an input, where it is known.</summary>
    public abstract void RequireRank(int input, int rank);

    /// <summary>Checks that the inputs that are there have one element type, and returns it.</summary>
    public abstract ElementType RequireSameType(params ReadOnlySpan<int> inputs);

    /// <summary>Checks that two dimensions can be equal.</summary>
    public abstract void RequireEqual(Dimension a, Dimension b, string what);

    /// <summary>Checks that a shape broadcasts to another (one way).</summary>
    public abstract void RequireBroadcast(SymbolicShape from, SymbolicShape to, string what);
}
