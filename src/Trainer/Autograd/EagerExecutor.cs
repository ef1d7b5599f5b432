using Toolkit.Numerics;

namespace Toolkit.Trainer.Autograd;

/// <summary>What a computing tape keeps beside its record: values and gradients of one element type.</summary>
internal abstract class EagerExecutor
{
    public abstract void SetInput(Variable variable, Tensor values);

    public abstract void SetParameter(Variable variable, Parameter parameter);

    public abstract void Override(Parameter parameter, Tensor values);

    public abstract void Run(TraceStep step, Shape[] shapes);

    public abstract void Backward(BackwardPlan plan, Variable output, Tensor? gradient);

    public abstract Tensor Value(Variable variable);

    public abstract Tensor? Gradient(Variable variable);

    public abstract void Reset();
}
