namespace Toolkit.Numerics.Kernels;

/// <summary>The recurrent cells. In the formulas x̂ₖ is gate k's part of W · x + bias, R its recurrent weights, ⊙ the product by element.</summary>
public enum RecurrentCellKind
{
    /// <summary>h = g(x̂ + R · h).</summary>
    Rnn,

    /// <summary>
    /// Gates i, o, f, c: i = f(x̂ᵢ + Rᵢ · h + pᵢ ⊙ c), f = f(x̂f + Rf · h + pf ⊙ c), c' = f ⊙ c + i ⊙ g(x̂c + Rc · h),
    /// o = f(x̂ₒ + Rₒ · h + pₒ ⊙ c'), h' = o ⊙ h(c').
    /// </summary>
    Lstm,

    /// <summary>Gates z, r, h: z = f(x̂z + Rz · h), r = f(x̂r + Rr · h), h' = (1 - z) ⊙ g(x̂h + Rh · (r ⊙ h)) + z ⊙ h.</summary>
    Gru,

    /// <summary>As <see cref="Gru"/>, but with g(x̂h + r ⊙ (Rh · h + b)).</summary>
    GruLinearBeforeReset,
}
