using Toolkit.Numerics;

namespace Toolkit.Onnx.Inference;

/// <summary>What holds for the values that go into subgraphs and come out of them.</summary>
internal static class ControlFlow
{
    /// <summary>
    /// What is known of an input of a subgraph: what the node gives it, and the declared type where nothing is known of that. Shapes that are declared
    /// for values that change from one iteration to the next are often those of the first, so the declaration does not add to what is given.
    /// </summary>
    /// <exception cref="OnnxModelException">The declared type is another.</exception>
    public static InferredValue Admit(ValueInfo declared, InferredValue given)
    {
        bool isDeclared = declared.Container is not null || declared.ElementType != ElementType.Undefined;
        if (given is { Container: null, Type: ElementType.Undefined })
        {
            return isDeclared ? new InferredValue(declared.Container ?? new TensorType(declared.ElementType, given.Shape)) : given;
        }

        if (isDeclared && !given.OnnxType.Fits(declared.Type))
        {
            throw new OnnxModelException($"Subgraph input '{declared.Name}': declared as {declared.Type}, but its node gives {given.OnnxType}.");
        }

        // An input that is declared as an optional may be absent in a later iteration, whatever it is at first.
        return declared.Container is OptionalType ? new InferredValue(declared.Container) : given;
    }

    /// <summary>What is known of an output of a subgraph.</summary>
    /// <exception cref="OnnxModelException">Nothing makes it, or the declared type is another.</exception>
    public static InferredValue Result(GraphInference inference, ValueInfo declared)
    {
        ValueInfo output = inference.CheckOutput(new ValueInfo(declared.Name, declared.Container ?? new TensorType(declared.ElementType)));
        InferredValue value = inference.Find(declared.Name)!;
        return value is { Container: null, Type: ElementType.Undefined } || output.Container is OptionalType ? new InferredValue(output.Type) : value;
    }

    /// <summary>The type of a tensor without its shape; any other type as it is.</summary>
    public static OnnxType WithoutShape(OnnxType type) => type is TensorType tensor ? new TensorType(tensor.ElementType) : type;
}
