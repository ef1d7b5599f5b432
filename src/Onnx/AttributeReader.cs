using Toolkit.Numerics;

namespace Toolkit.Onnx;

/// <summary>
/// A node's attributes while its operator record is made. Every read is checked for the attribute's type. Forms of older
/// opsets are converted here: an attribute that became an input is handed to <see cref="SetInput(int, string, Numerics.Tensor)"/>, and what takes several
/// operators in the newest form is put together with <see cref="AddNode"/>.
/// </summary>
public abstract class AttributeReader
{
    /// <summary>The version of the operator's domain that the model imports.</summary>
    public abstract int Opset { get; }

    /// <summary>How many inputs the node names, omitted ones at the end not counted.</summary>
    public abstract int InputCount { get; }

    /// <summary>How many outputs the node names, omitted ones at the end not counted.</summary>
    public abstract int OutputCount { get; }

    /// <summary>Whether the node has the attribute.</summary>
    public abstract bool Has(string name);

    /// <summary>A float attribute, or the default where it is absent.</summary>
    public abstract float Float(string name, float defaultValue);

    /// <summary>An int attribute, or the default where it is absent.</summary>
    public abstract long Int(string name, long defaultValue);

    /// <summary>A list of floats, or null where it is absent.</summary>
    public abstract IReadOnlyList<float>? Floats(string name);

    /// <summary>A list of ints, or null where it is absent.</summary>
    public abstract IntList? Ints(string name);

    /// <summary>A text, or the default where it is absent.</summary>
    public abstract string String(string name, string defaultValue);

    /// <summary>A list of texts, or null where it is absent.</summary>
    public abstract IReadOnlyList<string>? Strings(string name);

    /// <summary>A tensor, or null where it is absent.</summary>
    public abstract Tensor? Tensor(string name);

    /// <summary>The element type that an int attribute names by its number in ONNX.</summary>
    public abstract ElementType ElementType(string name, ElementType defaultValue);

    /// <summary>A subgraph, which the operator requires, read with what is known of its inputs.</summary>
    /// <param name="name">The attribute.</param>
    /// <param name="inputs">What is known of each input of the subgraph.</param>
    public abstract OnnxGraph Graph(string name, params ReadOnlySpan<InferredValue> inputs);

    /// <summary>The type of a value, or null where it is absent.</summary>
    public abstract OnnxType? Type(string name);

    /// <summary>What is known of the value of an input; null where it is omitted.</summary>
    public abstract InferredValue? InputValue(int input);

    /// <summary>The name of the value that an input reads; empty where it is omitted.</summary>
    public abstract string Input(int input);

    /// <summary>What is known of the shape of an input; null where it is omitted or its rank is not known.</summary>
    public abstract SymbolicShape? InputShape(int input);

    /// <summary>The element type of an input; <see cref="Numerics.ElementType.Undefined"/> where it is omitted or not known.</summary>
    public abstract Numerics.ElementType InputType(int input);

    /// <summary>Makes the node read another value at an input.</summary>
    public abstract void SetInput(int input, string value);

    /// <summary>Makes the node read a constant at an input. It becomes an initializer named after the node and the role.</summary>
    public void SetInput(int input, string role, Tensor constant) => SetInput(input, AddConstant(role, constant));

    /// <summary>Adds an initializer named after the node and the role, and returns the name of its value.</summary>
    public abstract string AddConstant(string role, Tensor constant);

    /// <summary>Puts a node with one output before this one and returns the name of the value that it makes.</summary>
    public abstract string AddNode(Operator @operator, params ReadOnlySpan<string> inputs);

    /// <summary>Puts the nodes of a subgraph before this one, where they run once, and returns the names of what it gives.</summary>
    /// <param name="role">What the subgraph is to the node; its values are named after both.</param>
    /// <param name="graph">The subgraph, of <see cref="Graph"/>.</param>
    /// <param name="inputs">The values that its inputs stand for.</param>
    public abstract IReadOnlyList<string> AddGraph(string role, OnnxGraph graph, params ReadOnlySpan<string> inputs);

    /// <summary>The exception for a node that contradicts its operator's definition.</summary>
    public abstract OnnxModelException Error(string message);

    /// <summary>The exception for a form of the operator that is not supported.</summary>
    public abstract UnsupportedOperatorException Unsupported(string reason);

    /// <summary>An int attribute that is a flag, 0 or 1.</summary>
    public bool Flag(string name, bool defaultValue) => Int(name, defaultValue ? 1 : 0) switch
    {
        0 => false,
        1 => true,
        long value => throw Error($"expected 0 or 1 for attribute '{name}', got {value}."),
    };

    /// <summary>An int attribute that is an axis: it has to fit an <see cref="int"/>.</summary>
    public int Axis(string name, int defaultValue)
    {
        long axis = Int(name, defaultValue);
        return axis is >= -Shape.MaxRank and <= Shape.MaxRank
            ? (int)axis
            : throw Error($"expected an axis between -{Shape.MaxRank} and {Shape.MaxRank} for attribute '{name}', got {axis}.");
    }

    /// <summary>Before the opset in which it became an input: makes a list of ints an input.</summary>
    public void IntsToInput(string name, int input)
    {
        if (Ints(name) is { } values)
        {
            SetInput(input, name, Numerics.Tensor.Vector(values.Values));
        }
    }

    /// <summary>Before the opset in which it became an input: makes a float an input, a scalar of the first input's floating-point type or of float32.</summary>
    public void FloatToInput(string name, int input)
    {
        if (Has(name))
        {
            float value = Float(name, 0);
            SetInput(input, name, InputType(0) switch
            {
                Numerics.ElementType.Float64 => Numerics.Tensor.Scalar((double)value),
                Numerics.ElementType.Float16 => Numerics.Tensor.Scalar((Half)value),
                Numerics.ElementType.BFloat16 => Numerics.Tensor.Scalar((BFloat16)value),
                _ => Numerics.Tensor.Scalar(value),
            });
        }
    }
}
