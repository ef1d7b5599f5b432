using Toolkit.Numerics;

namespace Toolkit.Onnx;

/// <summary>What is known of one node's inputs while its outputs' types and shapes are inferred.</summary>
public abstract class InferenceContext
{
    /// <summary>The number of inputs, omitted ones at the end not counted.</summary>
    public abstract int InputCount { get; }

    /// <summary>The number of outputs, omitted ones at the end not counted.</summary>
    public abstract int OutputCount { get; }

    /// <summary>Whether the node names this input.</summary>
    public abstract bool HasInput(int input);

    /// <summary>The element type of an input; <see cref="ElementType.Undefined"/> where it is omitted or not known.</summary>
    public abstract ElementType Type(int input);

    /// <summary>The shape of an input; null where it is omitted or its rank is not known.</summary>
    public abstract SymbolicShape? Shape(int input);

    /// <summary>The type of an input, whatever kind of value it is; null where it is omitted.</summary>
    public abstract OnnxType? ValueType(int input);

    /// <summary>Everything that is known of an input; null where it is omitted.</summary>
    public abstract InferredValue? Value(int input);

    /// <summary>The subgraphs of a node that has some.</summary>
    public abstract ISubgraphInference Subgraphs { get; }

    /// <summary>The value of an input where it is a constant; null otherwise.</summary>
    public abstract Tensor? Constant(int input);

    /// <summary>
    /// The elements of an integer input of rank 0 or 1, each as far as it is known: the value of a constant, or what a Shape
    /// node says of a value with symbolic dimensions. Null where not even the number of elements is known.
    /// </summary>
    public abstract IReadOnlyList<SymbolicInteger>? Elements(int input);

    /// <summary>The shape of an output, once it is inferred.</summary>
    public abstract SymbolicShape? OutputShape(int output);

    /// <summary>Sets an output's type and shape.</summary>
    public abstract void SetOutput(int output, ElementType type, SymbolicShape? shape);

    /// <summary>Sets the type of an output that may be no tensor.</summary>
    public abstract void SetOutput(int output, OnnxType type);

    /// <summary>Sets an output's type, shape and value.</summary>
    public abstract void SetConstant(int output, Tensor value);

    /// <summary>Says what is known of the elements of an integer output of rank 0 or 1, whose type and shape are set already.</summary>
    public abstract void SetElements(int output, IReadOnlyList<SymbolicInteger> elements);

    /// <summary>Checks the number of inputs.</summary>
    public abstract void RequireInputs(int min, int max);

    /// <summary>Checks the rank of an input, where it is known.</summary>
    public abstract void RequireRank(int input, int rank);

    /// <summary>Checks the element type of an input, where it is known.</summary>
    public abstract void RequireType(int input, ElementTypeSet allowed);

    /// <summary>Checks that the inputs that are there have one element type, and returns it.</summary>
    public abstract ElementType RequireSameType(params ReadOnlySpan<int> inputs);

    /// <summary>Checks that two dimensions can be equal.</summary>
    public abstract void RequireEqual(Dimension a, Dimension b, string what);

    /// <summary>Checks that a shape broadcasts to another (one way).</summary>
    public abstract void RequireBroadcast(SymbolicShape from, SymbolicShape to, string what);

    /// <summary>Checks an axis, which may count from the end, and returns it in <c>[0, rank)</c>.</summary>
    public abstract int RequireAxis(long axis, int rank);

    /// <summary>The shape to which inputs broadcast by NumPy's rule; null where the rank of one is not known.</summary>
    public abstract SymbolicShape? Broadcast(params ReadOnlySpan<int> inputs);

    /// <summary>The shape to which two shapes broadcast by NumPy's rule.</summary>
    public abstract SymbolicShape Broadcast(SymbolicShape a, SymbolicShape b);

    /// <summary>The exception for a node that contradicts its operator's definition.</summary>
    public abstract OnnxModelException Error(string message);

    /// <summary>Checks that an input, where it is there, is a tensor: for an operator that takes other values too.</summary>
    public void RequireTensor(int input)
    {
        if (ValueType(input) is { } type and not TensorType)
        {
            throw Error($"expected a tensor as input {input}, got {type}.");
        }
    }

    /// <summary>Checks that two dimensions can be equal, and returns the one of which more is known.</summary>
    public Dimension Unify(Dimension a, Dimension b, string what)
    {
        RequireEqual(a, b, what);
        return a.IsKnown || (a.Symbol is not null && !b.IsKnown) ? a : b;
    }

    /// <summary>The integers of a constant input of rank 0 or 1; null where it is omitted or not a constant.</summary>
    /// <exception cref="OnnxModelException">The constant is not int64 or int32, or its rank is greater.</exception>
    public IntList? ConstantInts(int input) => Constant(input) is not { } constant ? null
        : constant.Shape.Rank <= 1 && Integers.Of(constant) is { } values ? new IntList(values)
        : throw Error($"expected integers of rank 0 or 1 as input {input}, got {constant.ElementType} {constant.Shape}.");
}
