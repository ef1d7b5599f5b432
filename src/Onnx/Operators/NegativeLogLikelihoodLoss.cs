namespace Toolkit.Onnx.Operators;

/// <summary>
/// loss = -weight[class] · x[class] of scores that are logarithms of probabilities. Inputs: x [N, C, D1, …], classes [N, D1, …], weights [C] (optional).
/// https://onnx.ai/onnx/operators/onnx__NegativeLogLikelihoodLoss.html
/// </summary>
/// <param name="Reduction">What becomes of the losses of all places.</param>
/// <param name="IgnoreIndex">The class whose places do not count, or null.</param>
public sealed record NegativeLogLikelihoodLoss(LossReduction Reduction = LossReduction.Mean, long? IgnoreIndex = null) : LossOperator(Reduction, IgnoreIndex)
{
    internal static Operator Read(AttributeReader reader)
    {
        (LossReduction reduction, long? ignoreIndex) = ReadLoss(reader);
        return new NegativeLogLikelihoodLoss(reduction, ignoreIndex);
    }
}
