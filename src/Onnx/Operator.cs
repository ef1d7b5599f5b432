using Toolkit.Numerics;

namespace Toolkit.Onnx;

/// <summary>
/// What a node computes: an ONNX operator with its typed attributes. One record per operator, named as ONNX names it, in
/// <c>Operators/</c>; attributes are constructor parameters with ONNX's defaults. Records hold the form of the newest opset
/// that the project writes; older forms are converted where they are read.
/// </summary>
public abstract record Operator
{
    /// <summary>The operator's name in ONNX.</summary>
    public virtual string OpType => GetType().Name;

    /// <summary>Its domain; empty for <c>ai.onnx</c>.</summary>
    public virtual string Domain => "";

    /// <summary>
    /// Whether an input may be a sequence, an optional or a map. Where not, such an input is refused before <see cref="Infer"/> sees it.
    /// </summary>
    public virtual bool TakesContainers => false;

    /// <summary>Writes every attribute, defaults included.</summary>
    public abstract void WriteAttributes(AttributeWriter writer);

    /// <summary>Sets the types and shapes of the outputs from those of the inputs, as far as they are known.</summary>
    /// <exception cref="OnnxModelException">The inputs contradict the operator's definition.</exception>
    public abstract void Infer(InferenceContext context);

    /// <summary>
    /// The operator as an engine computes it in a wider type: float16 and bfloat16 among the element types that its attributes name become
    /// <paramref name="type"/>.
    /// </summary>
    public virtual Operator Widened(ElementType type) => this;

    /// <summary><paramref name="type"/> in place of a half-precision type, any other unchanged.</summary>
    private protected static ElementType Wider(ElementType given, ElementType type) => given is ElementType.Float16 or ElementType.BFloat16 ? type : given;

    /// <summary>
    /// Multiplications with accumulation that one run takes, once the outputs are inferred; 0 for an operator that has none
    /// worth counting, null where a shape is not known.
    /// </summary>
    public virtual long? CountMultiplyAccumulates(InferenceContext context) => 0;
}
