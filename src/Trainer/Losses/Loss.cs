using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Layers;

namespace Toolkit.Trainer.Losses;

/// <summary>
/// What training makes small: predictions and targets to one number, the mean over the batch. Keras's names convert to the known ones:
/// <c>Loss loss = "mse";</c>. To write one, apply functions in <see cref="Call"/>.
/// </summary>
public abstract class Loss
{
    /// <summary>Its name in Keras: <c>categorical_crossentropy</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The loss of a name in Keras.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists the names.</exception>
    public static Loss FromName(string name) => LossNames.Create(name);

    /// <inheritdoc cref="FromName"/>
    public static implicit operator Loss(string name) => FromName(name);

    /// <summary>Computes the loss by functions on the tape.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="predictions">The model's outputs, [N, …].</param>
    /// <param name="targets">The targets, [N, …].</param>
    /// <returns>A scalar.</returns>
    public abstract Variable Call(Tape tape, Variable predictions, Variable targets);

    /// <summary>Whether the loss of a model that ends in this activation is computed from its input, the logits, by <see cref="CallOnLogits"/>.</summary>
    public virtual bool TakesLogitsOf(Activation activation) => false;

    /// <summary>As <see cref="Call"/>, from the values before the model's last activation.</summary>
    /// <exception cref="NotSupportedException">The loss takes no logits.</exception>
    public virtual Variable CallOnLogits(Tape tape, Variable logits, Variable targets) => throw new NotSupportedException($"{Name} is not computed from logits.");

    /// <summary>Whether samples can be weighted: whether <see cref="CallWeighted"/> is there. All losses with a name in Keras can.</summary>
    public virtual bool SupportsSampleWeights => false;

    /// <summary>As <see cref="Call"/>, with the loss of every sample times its weight: Σ_i w_i · l_i / N, over the number of samples, not the sum of weights.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="predictions">The model's outputs, [N, …].</param>
    /// <param name="targets">The targets, [N, …].</param>
    /// <param name="weights">One weight a sample, [N, 1].</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="NotSupportedException">The loss does not weight samples.</exception>
    public virtual Variable CallWeighted(Tape tape, Variable predictions, Variable targets, Variable weights) => throw WithoutWeights(nameof(CallWeighted));

    /// <summary>As <see cref="CallOnLogits"/>, with the loss of every sample times its weight.</summary>
    /// <inheritdoc cref="CallWeighted"/>
    public virtual Variable CallOnLogitsWeighted(Tape tape, Variable logits, Variable targets, Variable weights) => throw WithoutWeights(nameof(CallOnLogitsWeighted));

    /// <summary>The shape in which <see cref="Call"/> expects one sample's target: the output's by default.</summary>
    public virtual Shape TargetShape(Shape outputShape) => outputShape;

    /// <summary>Checks targets before training: shape, and values where the loss restricts them.</summary>
    /// <param name="targets">All targets, [n, …].</param>
    /// <param name="outputShape">The shape of one output sample.</param>
    /// <param name="layer">The name of the model's last layer, for the message.</param>
    /// <exception cref="ArgumentException">They do not fit; says expected and got.</exception>
    public virtual void CheckTargets(Tensor<float> targets, Shape outputShape, string layer)
    {
        ArgumentNullException.ThrowIfNull(targets);
        Shape expected = TargetShape(outputShape);
        Shape got = targets.Shape;
        bool fits = got.Rank > 0 && (new Shape(got.Dimensions[1..]) == expected || (got.Rank == 1 && expected.Length == 1));
        if (!fits)
        {
            throw new ArgumentException($"y: {Name} on layer '{layer}' expected targets of shape {Layer.Batched(expected)}, got {got}.{Advice(got, outputShape)}", nameof(targets));
        }
    }

    /// <summary>What to do about targets of a wrong shape.</summary>
    private protected virtual string Advice(Shape targets, Shape outputShape) => "";

    private NotSupportedException WithoutWeights(string method) =>
        new($"Loss '{Name}' does not take sample or class weights; override {nameof(SupportsSampleWeights)} and {method} in {GetType().Name}, or train without weights.");
}
