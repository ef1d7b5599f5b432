using Toolkit.Numerics;

namespace Toolkit.Onnx;

/// <summary>Where an operator record writes its attributes, in the order in which ONNX documents them.</summary>
public abstract class AttributeWriter
{
    /// <summary>The version of the operator's domain that is written.</summary>
    public abstract int Opset { get; }

    /// <summary>Writes a float.</summary>
    public abstract void Float(string name, float value);

    /// <summary>Writes an int.</summary>
    public abstract void Int(string name, long value);

    /// <summary>Writes a list of floats.</summary>
    public abstract void Floats(string name, params ReadOnlySpan<float> values);

    /// <summary>Writes a list of ints.</summary>
    public abstract void Ints(string name, params ReadOnlySpan<long> values);

    /// <summary>Writes a text.</summary>
    public abstract void String(string name, string value);

    /// <summary>Writes a list of texts.</summary>
    public abstract void Strings(string name, params ReadOnlySpan<string> values);

    /// <summary>Writes a tensor.</summary>
    public abstract void Tensor(string name, Tensor value);

    /// <summary>Writes a subgraph.</summary>
    public abstract void Graph(string name, OnnxGraph value);

    /// <summary>Writes the type of a value.</summary>
    public abstract void Type(string name, OnnxType value);

    /// <summary>
    /// For an opset in which an input was still an attribute: the constant that the node reads there, which is written as
    /// the attribute and no longer as an input. Null where the node omits the input.
    /// </summary>
    /// <exception cref="OnnxModelException">The input is not a constant.</exception>
    public abstract Tensor? TakeInput(int input);

    /// <summary>The exception for a node that the opset that is written cannot express.</summary>
    public abstract OnnxModelException Error(string message);

    /// <summary>Writes a flag as 0 or 1.</summary>
    public void Flag(string name, bool value) => Int(name, value ? 1 : 0);

    /// <summary>Writes a constant input as a list of ints (see <see cref="TakeInput"/>).</summary>
    public void IntsFromInput(string name, int input)
    {
        if (TakeInput(input) is { } constant)
        {
            Ints(name, Integers.Of(constant) ?? throw Error($"expected int64 or int32 elements for '{name}', got {constant.ElementType}."));
        }
    }

    /// <summary>Writes a constant scalar input as a float (see <see cref="TakeInput"/>).</summary>
    public void FloatFromInput(string name, int input)
    {
        if (TakeInput(input) is { } constant)
        {
            Float(name, constant switch
            {
                Tensor<float> { Length: 1 } scalar => scalar.Span[0],
                Tensor<double> { Length: 1 } scalar => (float)scalar.Span[0],
                Tensor<Half> { Length: 1 } scalar => (float)scalar.Span[0],
                Tensor<BFloat16> { Length: 1 } scalar => (float)scalar.Span[0],
                _ => throw Error($"expected one real number for '{name}', got {constant.ElementType} {constant.Shape}."),
            });
        }
    }
}
