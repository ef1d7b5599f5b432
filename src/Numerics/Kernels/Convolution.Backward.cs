using System.Numerics;

namespace Toolkit.Numerics.Kernels;

public static unsafe partial class Convolution
{
    /// <summary>
    /// The gradients of y = activation(x ∗ w + b) by x, w and b together: with dz = dy · activation'(y), those of <see cref="BackwardInput{T}(in ConvolutionGeometry, ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T}, bool, WorkerPool)"/>,
    /// <see cref="BackwardWeights{T}(in ConvolutionGeometry, ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T}, bool, WorkerPool)"/> and db[m] = Σ_{n,i} dz[n,m,i], in fewer passes over memory.
    /// </summary>
    /// <param name="g">The sizes.</param>
    /// <param name="operands">The operands and where the gradients go.</param>
    /// <param name="workers">The threads to use.</param>
    /// <exception cref="ArgumentException">There is no such convolution, or a length is not the geometry's.</exception>
    public static void Backward<T>(in ConvolutionGeometry g, in ConvolutionGradients<T> operands, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool activates = operands.Activation != ActivationKind.None;
        Check(in g, operands.X.Length, operands.W.Length, operands.Dy.Length, operands.Db.Length, g.OutputChannels, workers);
        Kernels.Check.Length(operands.Y.Length, activates ? g.OutputLength : operands.Y.Length);
        Kernels.Check.Length(operands.Scratch.Length, activates ? g.OutputLength : operands.Scratch.Length);
        Kernels.Check.Length(operands.Dx.Length, operands.Dx.IsEmpty ? 0 : g.InputLength);
        Kernels.Check.Length(operands.Dw.Length, operands.Dw.IsEmpty ? 0 : g.WeightLength);
        if (!Activations.HasGradient(operands.Activation))
        {
            throw new ArgumentException($"Convolution: expected an activation whose gradient follows from its result, got {operands.Activation}; apply it as an operation of its own.");
        }

        Backward(KernelSet.Current, in g, in operands, workers);
    }

    /// <summary>The gradients, with the kernels of <paramref name="set"/>.</summary>
    internal static void Backward<T>(KernelSet set, in ConvolutionGeometry g, in ConvolutionGradients<T> operands, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool activates = operands.Activation != ActivationKind.None;
        fixed (T* x = operands.X, y = operands.Y, dy = operands.Dy, dz = operands.Scratch, dw = operands.Dw, db = operands.Db)
        {
            if (ConvolutionPaths.WeightsByPlanes(in g) && (dw is not null || db is not null))
            {
                // The gradient before the activation is stored only where that by x needs it; the bits are the same.
                bool isStored = activates && !operands.Dx.IsEmpty;
                if (isStored)
                {
                    ActivationGradient.Run(set, in g, operands.Activation, y, dy, dz, null, false, workers);
                }

                PlaneWeightGradient.Run(
                    set, in g, isStored ? ActivationKind.None : operands.Activation, x, y, isStored ? dz : dy, dw, operands.AccumulatesDw, db, operands.AccumulatesDb, workers);
            }
            else
            {
                if (activates || db is not null)
                {
                    ActivationGradient.Run(set, in g, operands.Activation, y, dy, activates ? dz : null, db, operands.AccumulatesDb, workers);
                }

                if (dw is not null)
                {
                    BackwardWeights(set, in g, operands.X, activates ? operands.Scratch : operands.Dy, operands.Dw, operands.AccumulatesDw, workers);
                }
            }

            if (!operands.Dx.IsEmpty)
            {
                BackwardInput(set, in g, activates ? operands.Scratch : operands.Dy, operands.W, [], operands.Dx, operands.AccumulatesDx, ActivationKind.None, workers);
            }
        }
    }
}
