using System.Collections.Frozen;

namespace Toolkit.Onnx;

/// <summary>Operators of ONNX that are left out on purpose, each with the reason and what to do instead.</summary>
public static class RefusedOperators
{
    private const string TrainingDomain = "ai.onnx.preview.training";

    private const string Step = "it is a step of training, and models run for inference here; remove the node, or train the model with Toolkit's Fit and its own optimizer of that name";

    private static readonly FrozenDictionary<(string Domain, string OpType), string> Reasons = new Dictionary<(string, string), string>
    {
        [(TrainingDomain, "Adagrad")] = Step,
        [(TrainingDomain, "Adam")] = Step,
        [(TrainingDomain, "Gradient")] = "it differentiates a part of the model, and models run for inference here; remove the node, or train the model with Toolkit's Fit, which has its own gradients",
        [(TrainingDomain, "Momentum")] = Step,
        [("", "ImageDecoder")] = "pictures from strangers are not decoded inside a model; decode the picture before the run and feed its pixels, uint8 [H, W, C], in place of this node's output",
    }.ToFrozenDictionary();

    /// <summary>The operators, as domain (empty for <c>ai.onnx</c>) and name.</summary>
    public static IEnumerable<(string Domain, string OpType)> All => Reasons.Keys;

    /// <summary>Why an operator is refused; null where it is not one of them.</summary>
    public static string? Reason(string domain, string opType) => Reasons.GetValueOrDefault((domain, opType));
}
