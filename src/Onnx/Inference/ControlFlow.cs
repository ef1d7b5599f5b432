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

    /// <summary>What is known of an output of a subgraph, together with what is declared.</summary>
    /// <exception cref="OnnxModelException">The declared type is another.</exception>
    public static InferredValue Result(ValueInfo declared, InferredValue value)
    {
        bool isDeclared = declared.Container is not null || declared.ElementType != ElementType.Undefined;
        bool isKnown = value is not { Container: null, Type: ElementType.Undefined };
        return !isDeclared ? value
            : isKnown && !value.OnnxType.Fits(declared.Type)
                ? throw new OnnxModelException($"Subgraph output '{declared.Name}': declared as {declared.Type}, but its nodes make {value.OnnxType}.")
            : !isKnown || declared.Container is OptionalType ? new InferredValue(WithoutShape(declared.Type))
            : value;
    }

    /// <summary>What is known of an output of a subgraph whose nodes have been inferred.</summary>
    /// <exception cref="OnnxModelException">Nothing makes it.</exception>
    public static InferredValue Find(GraphInference inference, ValueInfo output) => inference.Find(output.Name)
        ?? throw new OnnxModelException($"Subgraph output '{output.Name}': no input, initializer or node makes it; check the name.");

    /// <summary>A type without the shapes of the tensors in it.</summary>
    public static OnnxType WithoutShape(OnnxType type) => type switch
    {
        TensorType tensor => new TensorType(tensor.ElementType),
        SequenceType sequence => new SequenceType(WithoutShape(sequence.Element)),
        OptionalType optional => new OptionalType(WithoutShape(optional.Element)),
        _ => type,
    };
}
