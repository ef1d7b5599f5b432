using Toolkit.EdgeRuntime.Planning;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// A kernel that runs subgraphs. As long as the shapes of its outputs are not known it makes them itself; where they are, it can be bound to a plan
/// that has its memory.
/// </summary>
internal abstract class ControlKernel : ValueKernel
{
    /// <summary>The subgraphs in the order in which the operator has them; null is one that never runs.</summary>
    public abstract IReadOnlyList<Subprogram?> Subprograms { get; }

    /// <summary>The kernel for a plan in which all shapes are known.</summary>
    /// <param name="subgraphs">What is known of the subgraphs; null is one that this plan does not enter.</param>
    /// <param name="inputs">The shapes of the inputs, those that the subgraphs see included.</param>
    /// <param name="outputs">The shapes of the outputs.</param>
    public virtual OperatorKernel Bind(IReadOnlyList<ShapeSolver?> subgraphs, Shape[] inputs, Shape[] outputs) => this;

    /// <inheritdoc/>
    public override void Run(in KernelArguments arguments)
    {
        var inputs = new OnnxValue?[arguments.InputCount];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = arguments.HasInput(i) ? new OnnxTensor(arguments.InputTensor(i)) : null;
        }

        var outputs = new OnnxValue?[arguments.OutputCount];
        Run(new ValueArguments(inputs, outputs, Limits.MaxPlanBytes, arguments.Workers));
        for (int i = 0; i < outputs.Length; i++)
        {
            if (arguments.HasOutput(i))
            {
                ((OnnxTensor)outputs[i]!).Tensor.CopyTo(arguments.OutputTensor(i));
            }
        }
    }

    /// <summary>What the model may ask for at most.</summary>
    protected OnnxLimits Limits => Subprograms.FirstOrDefault(subprogram => subprogram is not null)?.Program.Limits ?? OnnxLimits.Default;

    /// <summary>The inputs of a subgraph: what the operator feeds, and what the subgraph sees.</summary>
    protected static OnnxValue[] Feed(ReadOnlySpan<OnnxValue> fed, ReadOnlySpan<OnnxValue?> seen)
    {
        var inputs = new OnnxValue[fed.Length + seen.Length];
        fed.CopyTo(inputs);
        for (int i = 0; i < seen.Length; i++)
        {
            inputs[fed.Length + i] = seen[i]!;
        }

        return inputs;
    }
}
