namespace Toolkit.Onnx.Operators;

/// <summary>
/// loss = -weight[class] · log(softmax(x))[class], the softmax over the classes. Inputs: x [N, C, D1, …], classes [N, D1, …], weights [C] (optional). Outputs: the loss, and
/// log(softmax(x)) (optional). https://onnx.ai/onnx/operators/onnx__SoftmaxCrossEntropyLoss.html
/// </summary>
/// <param name="Reduction">What becomes of the losses of all places.</param>
/// <param name="IgnoreIndex">The class whose places do not count, or null.</param>
public sealed record SoftmaxCrossEntropyLoss(LossReduction Reduction = LossReduction.Mean, long? IgnoreIndex = null) : LossOperator(Reduction, IgnoreIndex)
{
    internal static Operator Read(AttributeReader reader)
    {
        (LossReduction reduction, long? ignoreIndex) = ReadLoss(reader);
        return new SoftmaxCrossEntropyLoss(reduction, ignoreIndex);
    }
}
